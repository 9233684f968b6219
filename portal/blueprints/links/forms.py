"""The form of a link that ran out."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class NewLinkForm(FlaskForm):
    """Asks for a new mailed link in place of one that ran out."""

    link = HiddenField()
