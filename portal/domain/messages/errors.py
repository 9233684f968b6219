"""Why a mail can't be treated as asked; the sentences for them live in web/refusals.py."""


class MailNotFailed(Exception):
    """Sending again a mail that did not fail: it was sent, or still is to be."""
