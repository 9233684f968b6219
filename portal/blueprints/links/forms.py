"""The form of a link that ran out."""

from wtforms import HiddenField

from portal.web.forms import SentForm


class NewLinkForm(SentForm):
    """Asks for a new mailed link in place of one that ran out."""

    link = HiddenField()
