"""Forms of a giver's own pages."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class ButtonForm(FlaskForm):
    """A button and its token."""


class NewLinkForm(FlaskForm):
    """Asks for a new mailed link in place of one that ran out."""

    link = HiddenField()
