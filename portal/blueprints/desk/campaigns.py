"""Campaigns on the desk: make one, write it, look at it before anybody else does, and show it to readers."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk.campaign_editor import (
    changes_between,
    fresh_form,
    only_reading,
    opened_or_404,
    sent_form,
    show_editor,
    show_meanwhile,
    show_refused,
)
from portal.blueprints.desk.campaign_forms import ButtonForm, StartForm, base_number
from portal.blueprints.desk.campaign_standing import moved, show_campaign, show_unmoved
from portal.blueprints.desk.outbox import read_id
from portal.clock import now
from portal.db import db
from portal.domain.campaigns import editing, revisions, starting
from portal.domain.campaigns.drafting.queries import list_waiting
from portal.domain.campaigns.errors import AddressTaken, CampaignRefused, EditedMeanwhile, NoSuchRevision
from portal.domain.campaigns.pictures import known_pictures
from portal.domain.campaigns.queries import find_group
from portal.domain.campaigns.translating import list_translations
from portal.web.previews import preview_page, render_preview
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

bp = Blueprint("desk_campaigns", __name__, url_prefix="/desk/campaigns")


@bp.get("")
def index() -> ResponseReturnValue:
    """List all campaigns with where they stand."""
    campaigns = revisions.list_edited(livemode=current_app.config["LIVEMODE"])
    before = read_id(request.args.get("before", ""))
    return render_template(
        "desk/campaigns.html",
        group=find_group(),
        campaigns=campaigns,
        waiting=list_waiting(before),
        before=before,
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the four fields of a new campaign."""
    return _show_start()


@bp.post("/new")
def start() -> ResponseReturnValue:
    """Make a draft of the four fields, and go on to write it."""
    group = find_group() or abort(404)
    form = StartForm(group)
    if not form.validate():
        return _show_start(form, 422)
    try:
        campaign = starting.start_campaign(get_user().person_id, form.start, group, now())
    except AddressTaken as refusal:
        db.session.rollback()
        form.title.errors = [sentence(refusal)]
        return _show_start(form, 422)
    campaign_id = campaign.id
    db.session.commit()
    flash(gettext("The draft is there. Nobody sees it before you publish it."))
    return redirect(url_for(".edit", campaign_id=campaign_id), 303)


@bp.get("/<int:campaign_id>")
def show(campaign_id: int) -> ResponseReturnValue:
    """Show where a campaign stands, what it lacks, its history, and the buttons that move it."""
    return show_campaign(opened_or_404(campaign_id))


@bp.get("/<int:campaign_id>/edit")
def edit(campaign_id: int) -> ResponseReturnValue:
    """Show the newest text in its form."""
    opened = opened_or_404(campaign_id)
    return show_editor(opened, fresh_form(opened), opened.number)


@bp.post("/<int:campaign_id>/edit")
def save(campaign_id: int) -> ResponseReturnValue:
    """Make what was sent the newest revision, unless somebody else was faster."""
    opened = opened_or_404(campaign_id)
    form, by = sent_form(opened), get_user().person_id
    try:
        number = editing.save_revision(by, campaign_id, form.base, form.text, now())
    except EditedMeanwhile as told:
        return show_meanwhile(campaign_id, form, told)
    except NoSuchRevision:
        abort(404)
    except CampaignRefused as refusal:
        return show_refused(campaign_id, form, refusal)
    db.session.commit()
    flash(gettext("Saved as revision %(number)s.", number=number))
    return redirect(url_for(".edit", campaign_id=campaign_id), 303)


@bp.post("/<int:campaign_id>/rows")
def rows(campaign_id: int) -> ResponseReturnValue:
    """Show the form again with everything in it, and a row more or less; also the way back from a preview."""
    with only_reading():
        opened = opened_or_404(campaign_id)
        form = sent_form(opened)
        changed = form.change_rows()
        return show_editor(opened, form, form.base, changed=changed)


@bp.post("/<int:campaign_id>/preview")
def preview(campaign_id: int) -> ResponseReturnValue:
    """Show the page that what was sent would make; nothing is saved."""
    with only_reading():
        opened = opened_or_404(campaign_id)
        form = sent_form(opened)
        try:
            loaded = starting.read_text(form.text, opened.campaign.currency, known_pictures(campaign_id))
        except CampaignRefused as refusal:
            form.refuse(refusal)
            return show_editor(opened, form, form.base, 422)
        page = preview_page(opened, loaded)
        return render_preview(page, edited=form, opened=opened, base=form.base)


@bp.post("/<int:campaign_id>/publish")
def publish(campaign_id: int) -> ResponseReturnValue:
    """Show a campaign to readers, as the one who presses the button has seen it."""
    opened_or_404(campaign_id)
    try:
        editing.publish(get_user().person_id, campaign_id, base_number(request.form), now())
    except CampaignRefused as refusal:
        return show_unmoved(campaign_id, refusal)
    db.session.commit()
    return moved(campaign_id, gettext("Readers see this campaign now."))


@bp.post("/<int:campaign_id>/unpublish")
def unpublish(campaign_id: int) -> ResponseReturnValue:
    """Take a campaign down."""
    opened_or_404(campaign_id)
    editing.unpublish(get_user().person_id, campaign_id, now())
    db.session.commit()
    return moved(campaign_id, gettext("This is a draft again. No reader sees it."))


@bp.post("/<int:campaign_id>/archive")
def archive(campaign_id: int) -> ResponseReturnValue:
    """End a campaign, or put a draft away."""
    opened_or_404(campaign_id)
    is_found = editing.archive(get_user().person_id, campaign_id, now())
    db.session.commit()
    words = gettext("This campaign is archived. Its gifts stay in the books.")
    if is_found:
        words += " " + gettext("Readers find it with a note that it has ended; it takes nothing any more.")
    return moved(campaign_id, words)


@bp.post("/<int:campaign_id>/duplicate")
def duplicate(campaign_id: int) -> ResponseReturnValue:
    """Make a draft with the same words, and go on to write it."""
    translated = list_translations(opened_or_404(campaign_id))
    try:
        copy_id = starting.duplicate(get_user().person_id, campaign_id, now()).id
    except CampaignRefused as refusal:
        return show_unmoved(campaign_id, refusal)
    db.session.commit()
    told = gettext("This is the copy. Its receiver has to be checked anew.")
    if translated:
        told += " " + gettext("Its translations came along; readers find none of them before you show it.")
    flash(told)
    return redirect(url_for(".edit", campaign_id=copy_id), 303)


@bp.get("/<int:campaign_id>/revisions/<int:number>")
def revision(campaign_id: int, number: int) -> ResponseReturnValue:
    """Show who made a revision, and what it changed."""
    opened = opened_or_404(campaign_id)
    try:
        made = revisions.get_revision(campaign_id, number)
        after = revisions.get_text(opened.campaign, number)
        before = revisions.get_text(opened.campaign, number - 1) if number > 1 else ""
    except NoSuchRevision:
        abort(404)
    return render_template(
        "desk/campaign_revision.html",
        group=opened.group,
        opened=opened,
        made=made,
        changes=list(changes_between(before, after, opened.campaign.currency)),
        form=ButtonForm(),
    )


@bp.post("/<int:campaign_id>/revisions/<int:number>/bring-back")
def bring_back(campaign_id: int, number: int) -> ResponseReturnValue:
    """Make an earlier revision the newest again."""
    opened_or_404(campaign_id)
    try:
        by, base = get_user().person_id, base_number(request.form)
        newest = editing.bring_back(by, campaign_id, base, number, now())
    except CampaignRefused as refusal:
        return show_unmoved(campaign_id, refusal)
    db.session.commit()
    words = gettext("Revision %(old)s is back, as revision %(new)s.", old=number, new=newest)
    return moved(campaign_id, words)


def _show_start(form: StartForm | None = None, status: int = 200) -> ResponseReturnValue:
    group = find_group() or abort(404)
    form = form or StartForm(group)
    limits = {
        "title": starting.LONGEST_TITLE,
        "purpose": starting.LONGEST_PURPOSE,
        "receiver": starting.LONGEST_RECEIVER,
    }
    currencies = [(code, code) for code in group.card_fees]
    words = render_template(
        "desk/campaign_new.html", group=group, form=form, limits=limits, currencies=currencies
    )
    return words, status
