"""From an article to a campaign: it is brought and read, decided about beside its text, and made a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from portal.blueprints.desk import article_labels as labels
from portal.blueprints.desk.article_forms import ArticleForm, DecisionsForm, UnreadForm, differing
from portal.blueprints.desk.article_parts import form_parts
from portal.blueprints.desk.article_source import source_of
from portal.blueprints.desk.campaign_editor import only_reading
from portal.blueprints.desk.campaign_forms import ButtonForm, country_choices
from portal.blueprints.desk.campaigns import bp
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.article.files.limits import MOST_MEGABYTES
from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.drafting import service
from portal.domain.campaigns.drafting.errors import (
    AnotherIsRead,
    DecidedMeanwhile,
    DraftRefused,
    DraftThere,
    NoSuchArticle,
    ReadTooOften,
)
from portal.domain.campaigns.drafting.queries import Imported, get_imported
from portal.domain.campaigns.errors import ArticleTooLarge, CampaignRefused
from portal.domain.campaigns.models import Group
from portal.domain.campaigns.queries import find_group
from portal.domain.campaigns.revisions import day_of
from portal.web.access import ACCESS, may_enter
from portal.web.draft_words import draft_words
from portal.web.errors import show_error
from portal.web.limits import Limit, for_everyone, limited, who
from portal.web.refusals import sentence
from portal.web.signed_in import find_user, get_user

MOST_DIFFERENCES = 20
# The longest article is read in about three seconds, one at a time; whoever waits for it keeps a thread, so one may.
READING, PLACES, LONGEST_WAIT = Lock(), BoundedSemaphore(2), 8.0


def _was_read(_response: Response) -> bool:
    """Tell whether reading was begun; nothing else is counted, as it keeps nobody waiting."""
    return bool(g.get("article_was_begun"))


@bp.get("/from-article")
def new_article() -> ResponseReturnValue:
    """Show where an article is pasted, or chosen as a file."""
    return _show_new(ArticleForm())


@bp.post("/from-article")
@limited(Limit("RATELIMIT_READ", who), Limit("RATELIMIT_READ_OVERALL", for_everyone), counts=_was_read)
def read_article() -> ResponseReturnValue:
    """Read what was brought and keep what was found in it; nothing of it is published by that."""
    form, by = ArticleForm(), get_user().person_id
    # A book takes seconds to read: nobody waits for the database meanwhile.
    db.session.rollback()
    try:
        data, name = form.read()
        with _in_turn():
            article = find_in(read_document(data, name))
    except CampaignRefused as refusal:
        form.refuse(refusal)
        return _show_new(form, 422)
    file_name = name if form.place == "file" else ""
    row = service.keep_article(by, article, file_name, _group_or_404(), draft_words(), now())
    article_id = row.id
    db.session.commit()
    flash(gettext("This is what was found. Decide what is told, and how; nobody sees it yet."))
    return redirect(url_for(".article", article_id=article_id), 303)


@contextmanager
def _in_turn() -> Iterator[None]:
    """Let one article be read at a time by this process, as each keeps it busy. Raises AnotherIsRead."""
    if not PLACES.acquire(blocking=False):
        raise AnotherIsRead
    try:
        if not READING.acquire(timeout=LONGEST_WAIT):
            raise AnotherIsRead
        try:
            g.article_was_begun = True
            yield
        finally:
            READING.release()
    finally:
        PLACES.release()


@bp.errorhandler(TooManyRequests)
def refuse_often(error: TooManyRequests) -> ResponseReturnValue:
    """Tell in its place that too many articles were brought; what was pasted stays there."""
    if request.endpoint != "desk_campaigns.read_article":
        return show_error(error)
    form = ArticleForm()
    form.place = "file" if request.files.get("file") else "text"
    form.refuse(ReadTooOften(int(str(error.retry_after))))
    words, status = _show_new(form, 429)
    return words, status, {"Retry-After": str(error.retry_after)}


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Tell in its place that a file is too large; nothing of it was read, and the guard was not asked yet."""
    user = find_user()
    if request.endpoint != "desk_campaigns.read_article" or user is None:
        return show_error(error)
    if not may_enter(ACCESS["desk_campaigns.read_article"], user, {}):
        return show_error(error)
    form = UnreadForm()
    form.place = "file"
    form.refuse(ArticleTooLarge(MOST_MEGABYTES))
    return _show_new(form, 413)


@bp.get("/from-article/<int:article_id>")
def article(article_id: int) -> ResponseReturnValue:
    """Show an article beside what is decided about it, or where it went."""
    imported = _imported_or_404(article_id)
    return _show(imported, _form_of(imported))


@bp.post("/from-article/<int:article_id>")
def decide(article_id: int) -> ResponseReturnValue:
    """Keep what was decided so far."""
    form, by = _form_of(_imported_or_404(article_id)), get_user().person_id
    if not form.added.is_empty:
        return _add(article_id, form)
    try:
        service.save_decisions(by, article_id, form.number, form.decisions, now())
    except (DecidedMeanwhile, DraftThere) as refusal:
        return _show_refused(article_id, form, refusal)
    db.session.commit()
    flash(gettext("Kept. Go on whenever you like."))
    return redirect(url_for(".article", article_id=article_id), 303)


@bp.post("/from-article/<int:article_id>/draft")
def make_draft(article_id: int) -> ResponseReturnValue:
    """Make a campaign's draft of what was decided, and go on to write it."""
    form, by = _form_of(_imported_or_404(article_id)), get_user().person_id
    if not form.added.is_empty:
        return _add(article_id, form)
    try:
        campaign_id = service.make_campaign(
            by, article_id, form.number, form.decisions, _group_or_404(), draft_words(), now()
        )
    except (DecidedMeanwhile, DraftRefused) as refusal:
        return _show_refused(article_id, form, refusal)
    db.session.commit()
    flash(gettext("The draft is there. Nobody sees it before you publish it."))
    return redirect(url_for(".edit", campaign_id=campaign_id), 303)


@bp.post("/from-article/<int:article_id>/put-away")
def put_away(article_id: int) -> ResponseReturnValue:
    """Take an article out for good."""
    _imported_or_404(article_id)
    service.put_away(get_user().person_id, article_id, now())
    db.session.commit()
    flash(gettext("The article is put away, with all that was decided about it."))
    return redirect(url_for(".index"), 303)


def _add(article_id: int, form: DecisionsForm) -> ResponseReturnValue:
    """Keep what was decided with what was added, and go on to that: no draft is made of what nobody looked at."""
    by, added = get_user().person_id, form.added
    try:
        decided = service.add_to_article(
            by, article_id, form.number, form.decisions, added, draft_words(), now()
        )
    except (DecidedMeanwhile, DraftRefused, DraftThere) as refusal:
        return _show_refused(article_id, form, refusal)
    db.session.commit()
    flash(gettext("It is added, and everything is kept. Look at its sentence, and say the rest."))
    rows = "figures" if added.has_figure else "organizations"
    place = f"{rows}-{len(getattr(decided, rows)) - 1}"
    return redirect(url_for(".article", article_id=article_id, _anchor=place), 303)


def _group_or_404() -> Group:
    return find_group() or abort(404)


def _imported_or_404(article_id: int) -> Imported:
    try:
        return get_imported(article_id)
    except NoSuchArticle:
        abort(404)


def _form_of(imported: Imported) -> DecisionsForm:
    return DecisionsForm(imported.decisions, imported.number, day_of(_group_or_404(), now()))


def _show_new(form: ArticleForm, status: int = 200) -> tuple[str, int]:
    with only_reading():
        words = render_template(
            "desk/article_new.html", group=find_group(), form=form, megabytes=MOST_MEGABYTES
        )
    return words, status


def _show(
    imported: Imported, form: DecisionsForm, status: int = 200, meanwhile: DecidedMeanwhile | None = None
) -> ResponseReturnValue:
    group, shown = _group_or_404(), source_of(imported.article)
    today = day_of(group, now())
    page = "desk/article.html" if imported.campaign_id is None else "desk/article_made.html"
    others = list(differing(form.decisions, imported.decisions)) if meanwhile else []
    words = render_template(
        page,
        group=group,
        imported=imported,
        found=imported.article,
        form=form,
        decided=form.decisions,
        parts=form_parts(imported.article, form.decisions, today),
        today=today.isoformat(),
        source=shown,
        labels=labels,
        # Folded away unless something in it wants to be seen.
        unfolded={name.partition("-")[0] for name in form.wrong},
        currencies=[(code, code) for code in group.card_fees],
        countries=country_choices(),
        meanwhile=meanwhile,
        others=[(labels.label_of(name) or name, typed) for name, typed in others[:MOST_DIFFERENCES]],
        button=ButtonForm(),
    )
    return words, status


def _show_refused(article_id: int, form: DecisionsForm, refusal: CampaignRefused) -> ResponseReturnValue:
    """Show the form with all that was sent, and what is wrong or what somebody else decided; nothing is kept."""
    if isinstance(refusal, DraftThere):
        db.session.rollback()
        flash(sentence(refusal))
        return redirect(url_for(".article", article_id=article_id), 303)
    meanwhile = refusal if isinstance(refusal, DecidedMeanwhile) else None
    if isinstance(refusal, DraftRefused):
        form.refuse(refusal)
    with only_reading():
        imported = _imported_or_404(article_id)
        form.number = imported.number if meanwhile else form.number
        return _show(imported, form, 409 if meanwhile else 422, meanwhile)
