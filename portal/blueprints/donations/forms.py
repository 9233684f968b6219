"""Forms of a giver's own pages."""

from flask_wtf import FlaskForm


class ButtonForm(FlaskForm):
    """A button and its token."""
