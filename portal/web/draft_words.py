"""The few sentences of a draft made of an article that are nobody's words, in an organizer's language."""

from flask_babel import gettext

from portal.domain.campaigns.drafting.decisions import DraftWords


def draft_words() -> DraftWords:
    """Give them; places for values stay in them."""
    return DraftWords(
        opening=gettext("the opening"),
        undated=gettext("undated"),
        situation=gettext("Situation as described in %(year)s"),
        checker=gettext("an organizer"),
        declares=gettext("who declares: %(words)s"),
        also=gettext("The article also says %(other)s."),
        itself=gettext("the article itself, which also says %(other)s"),
    )
