"""The editor of a campaign as a page: fresh, with what is wrong, or with what somebody else did meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.desk.campaign_entries import (
    AMOUNTS,
    Entries,
    entries_of,
    merged,
    text_of_entries,
)
from portal.blueprints.desk.campaign_forms import EditForm, country_choices
from portal.blueprints.desk.campaign_labels import (
    CHECK,
    CREDIT,
    DRAWINGS,
    OPENING,
    RECEIVER,
    ROWS,
    STORY,
    label_of,
)
from portal.clock import now
from portal.db import db, reading_only
from portal.domain.campaigns.errors import CampaignRefused, EditedMeanwhile, NoSuchCampaign
from portal.domain.campaigns.models import CampaignStatus
from portal.domain.campaigns.revisions import Opened, day_of, open_campaign
from portal.domain.campaigns.rules import LISTS_TO_CHECK
from portal.domain.campaigns.written import Change, changed_lines


def opened_or_404(campaign_id: int) -> Opened:
    """Give a campaign with its newest text; aborts with 404 where there is none."""
    try:
        return open_campaign(campaign_id)
    except NoSuchCampaign:
        abort(404)


@contextmanager
def only_reading() -> Iterator[None]:
    """Take back what was begun; within it the database itself refuses a write."""
    db.session.rollback()
    with reading_only():
        yield


def show_editor(
    opened: Opened,
    form: EditForm,
    base: int,
    status: int = 200,
    *,
    changed: str = "",
    meanwhile: EditedMeanwhile | None = None,
    clashing: tuple[str, ...] = (),
) -> ResponseReturnValue:
    """Answer with the editor; `base` is the revision that the next save stands on, `changed` a list to come back to."""
    words = render_template(
        "desk/campaign_edit.html",
        group=opened.group,
        opened=opened,
        form=form,
        entries=form.entries,
        base=base,
        parts={"opening": OPENING, "story": STORY, "receiver": RECEIVER, "check": CHECK, "credit": CREDIT},
        lists=ROWS,
        amounts=AMOUNTS,
        sanctions_lists=LISTS_TO_CHECK,
        drawings=DRAWINGS,
        countries=country_choices(),
        figures=_figures_of(form),
        # Folded away unless something in it wants to be seen: with every row the form is as long as a book.
        unfolded={changed, *(name.split("-")[0] for name in form.wrong)},
        published=opened.campaign.status == CampaignStatus.PUBLISHED,
        meanwhile=meanwhile,
        clashing=clashing,
        changes=list(changes_between(meanwhile.opened, meanwhile.theirs, form.currency)) if meanwhile else [],
    )
    return words, status


def show_refused(campaign_id: int, form: EditForm, refusal: CampaignRefused) -> ResponseReturnValue:
    """Show the editor with every entry, and what is wrong beside each; nothing is written any more."""
    form.refuse(refusal)
    with only_reading():
        return show_editor(opened_or_404(campaign_id), form, form.base, 422)


def show_meanwhile(campaign_id: int, form: EditForm, told: EditedMeanwhile) -> ResponseReturnValue:
    """Show what somebody else saved meanwhile, and the editor to go on with on top of it.

    What only they changed is taken over; where both changed something, what was sent stays in its box.
    """
    opened, theirs = entries_of(told.opened), entries_of(told.theirs)
    form.entries, clashing = merged(opened, form.entries, theirs)
    names = tuple(dict.fromkeys(filter(None, (_name_of(name) for name in clashing))))
    with only_reading():
        again = opened_or_404(campaign_id)
        return show_editor(again, form, told.number, 409, meanwhile=told, clashing=names)


def changes_between(before: str, after: str, currency: str) -> Iterator[Change]:
    """Give what differs between two texts, both laid out as this form lays them out."""
    return changed_lines(_laid_out(before, currency), _laid_out(after, currency))


def _figures_of(form: EditForm) -> list[tuple[str, str]]:
    """Give the key figures that can stand at the top, by name and number; also one that is not there any more."""
    named = [(row["id"], row["shown"]) for row in form.entries.rows["key_figures"] if row["id"]]
    chosen = form.entries.single["opening_figure"]
    if chosen and chosen not in dict(named):
        named.append((chosen, chosen))
    return named


def _laid_out(text: str, currency: str) -> str:
    # Without the fence that opens it, which says nothing to anybody.
    return text_of_entries(entries_of(text), currency).removeprefix("---\n") if text else ""


def _name_of(name: str) -> str:
    of_list = next((str(rows.title) for rows in ROWS if rows.name == name), "")
    return of_list or label_of(name)


def fresh_form(opened: Opened) -> EditForm:
    """Give the form as the newest text fills it in."""
    entries: Entries = entries_of(opened.text)
    return EditForm(opened.campaign.currency, today_of(opened), entries)


def sent_form(opened: Opened) -> EditForm:
    """Give the form as it was sent."""
    return EditForm(opened.campaign.currency, today_of(opened))


def today_of(opened: Opened) -> date:
    """Give the day that calendars of the group's town show."""
    return day_of(opened.group, now())
