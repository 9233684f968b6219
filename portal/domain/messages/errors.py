"""Why a mail can't be treated as asked; the sentences for them live in web/refusals.py."""


class MailRefused(Exception):
    """Any refusal about the outbox."""


class MailNotFailed(MailRefused):
    """Sending again a mail that did not fail: it was sent, or still is to be."""
