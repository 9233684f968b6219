"""Forms of the desk that are nothing but a button."""

from portal.web.forms import SentForm


class ButtonForm(SentForm):
    """A button, with its token."""
