"""Forms of a giver's own pages."""

from portal.web.forms import SentForm


class ButtonForm(SentForm):
    """A button and its token."""
