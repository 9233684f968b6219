"""A campaign in other languages on the desk: side by side with the original, and shown to readers or not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk.campaign_editor import only_reading, opened_or_404
from portal.blueprints.desk.campaign_forms import ButtonForm, base_number
from portal.blueprints.desk.campaigns import bp
from portal.blueprints.desk.translation_labels import label_of_text
from portal.clock import now
from portal.db import db
from portal.domain.campaigns import translating
from portal.domain.campaigns.errors import (
    CampaignRefused,
    NoSuchRevision,
    TranslatedMeanwhile,
    TranslationRefused,
)
from portal.domain.campaigns.translating import Sent
from portal.domain.campaigns.translations import LONGEST_TRANSLATED, Pair, stamp
from portal.domain.campaigns.written import changed_lines
from portal.languages import LANGUAGES, WRITTEN_IN
from portal.web import previews
from portal.web.filters import language as language_name
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

_NAMED = re.compile(r"(text|was|fits)-([0-9]{1,4})", re.ASCII)
OTHERS = tuple(code for code in LANGUAGES if code != WRITTEN_IN)


@dataclass(frozen=True)
class Row:
    """A text on the page: its name in the form, the two sides, what stands in its entry, and what is wrong with it."""

    number: int
    pair: Pair
    value: str
    wrong: list[str]
    theirs: bool = False
    fits: bool = False

    @property
    def name(self) -> str:
        """The name of its entry."""
        return f"text-{self.number}"

    @property
    def label(self) -> str:
        """What it is, in words."""
        return label_of_text(self.pair)

    @property
    def changes(self) -> list[object]:
        """What has changed in the original since it was translated."""
        return list(changed_lines(self.pair.made_of, self.pair.original)) if self.pair.made_of else []

    @property
    def stamp(self) -> str:
        """The stamp of what is kept."""
        return stamp(self.pair.text)


@bp.get("/<int:campaign_id>/translations")
def list_translations(campaign_id: int) -> ResponseReturnValue:
    """List the languages with how far each translation is."""
    opened = opened_or_404(campaign_id)
    begun = translating.list_translations(opened)
    fresh = [(code, language_name(code)) for code in OTHERS if code not in begun]
    return render_template(
        "desk/campaign_translations.html", group=opened.group, opened=opened, begun=begun, fresh=fresh
    )


@bp.get("/<int:campaign_id>/translations/<language>")
def translation(campaign_id: int, language: str) -> ResponseReturnValue:
    """Show the story text by text beside its translation."""
    return _show(campaign_id, language)


@bp.post("/<int:campaign_id>/translations/<language>")
def save_translation(campaign_id: int, language: str) -> ResponseReturnValue:
    """Keep what was typed, unless somebody else was faster."""
    opened_or_404(campaign_id)
    by, sent = get_user().person_id, _sent(request.form)
    try:
        changed = translating.save_translation(by, campaign_id, _known(language), sent, now())
    except CampaignRefused as refusal:
        return _show(campaign_id, language, sent, refusal)
    db.session.commit()
    flash(
        gettext("Saved: %(count)s texts changed.", count=changed)
        if changed
        else gettext("Nothing has changed.")
    )
    return redirect(url_for(".translation", campaign_id=campaign_id, language=language), 303)


@bp.post("/<int:campaign_id>/translations/<language>/show")
def show_translation(campaign_id: int, language: str) -> ResponseReturnValue:
    """Let readers find a translation, or not any more."""
    opened_or_404(campaign_id)
    shown = request.form.get("shown") == "y"
    try:
        translating.show_translation(get_user().person_id, campaign_id, _known(language), shown, now())
    except CampaignRefused as refusal:
        return _show(campaign_id, language, refusal=refusal)
    db.session.commit()
    flash(gettext("Readers find it now.") if shown else gettext("Readers don’t find it any more."))
    return redirect(url_for(".translation", campaign_id=campaign_id, language=language), 303)


@bp.get("/<int:campaign_id>/translations/<language>/preview")
def preview_translated(campaign_id: int, language: str) -> ResponseReturnValue:
    """Show the page in this language as it is kept, whether readers find it or not."""
    opened = opened_or_404(campaign_id)
    row = translating.open_translation(opened, _known(language)).row or abort(404)
    page = previews.preview_translation(opened, row)
    told = {"opened": opened, "language": language, "entries": []}
    return previews.render_preview(page, "desk/translation_preview.html", **told)


@bp.post("/<int:campaign_id>/translations/<language>/preview")
def preview_sent(campaign_id: int, language: str) -> ResponseReturnValue:
    """Show the page that what was typed would make, and on the way back the form again; nothing is kept."""
    sent, language = _sent(request.form), _known(language)
    if "back" in request.form:
        return _show(campaign_id, language, sent)
    with only_reading():
        opened = opened_or_404(campaign_id)
        try:
            texts = translating.merge(opened, language, sent).texts
        except CampaignRefused as refusal:
            return _show(campaign_id, language, sent, refusal)
        page, entries = previews.preview_sent(opened, language, texts), list(_entries(request.form))
        told = {"opened": opened, "language": language, "entries": entries, "edited": ButtonForm()}
        return previews.render_preview(page, "desk/translation_preview.html", **told)


def _known(language: str) -> str:
    return language if language in OTHERS else abort(404)


def _sent(form: Mapping[str, str]) -> Sent:
    """Read the entries by their numbers; whatever else was sent is nothing to us."""
    found = {name: _NAMED.fullmatch(name) for name in form}
    by_kind: dict[str, dict[int, str]] = {"text": {}, "was": {}, "fits": {}}
    for name, match in found.items():
        if match:
            by_kind[match[1]][int(match[2])] = form[name]
    return Sent(base_number(form), by_kind["text"], by_kind["was"], frozenset(by_kind["fits"]))


def _entries(form: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give what is sent along with a preview: the entries, and the revision that they were made from."""
    yield "base_number", str(base_number(form))
    yield from ((name, value) for name, value in form.items() if _NAMED.fullmatch(name))


def _show(
    campaign_id: int, language: str, sent: Sent | None = None, refusal: CampaignRefused | None = None
) -> ResponseReturnValue:
    with only_reading():
        opened = opened_or_404(campaign_id)
        number = sent.revision if sent else opened.number
        try:
            found = translating.open_translation(opened, _known(language), number)
        except NoSuchRevision:
            abort(404)
        is_beside = refusal is None or isinstance(refusal, TranslationRefused)
        words = render_template(
            "desk/campaign_translation.html",
            group=opened.group,
            opened=opened,
            language=language,
            written_in=WRITTEN_IN,
            base=number,
            found=found,
            rows=[_row(at, pair, sent, refusal) for at, pair in enumerate(found.beside.pairs)],
            refused="" if refusal is None or is_beside else sentence(refusal),
            most=LONGEST_TRANSLATED,
            form=ButtonForm(),
        )
    return words, 200 if refusal is None else 409 if isinstance(refusal, TranslatedMeanwhile) else 422


def _row(number: int, pair: Pair, sent: Sent | None, refusal: CampaignRefused | None) -> Row:
    clashes = isinstance(refusal, TranslatedMeanwhile) and number in refusal.numbers
    wrong = refusal.by_number.get(number) if isinstance(refusal, TranslationRefused) else None
    value = sent.texts.get(number, pair.text) if sent else pair.text
    # What was not touched is shown as somebody else has left it.
    if sent and stamp(value) == sent.was.get(number) and not clashes:
        value = pair.text
    fits = sent is not None and number in sent.fits
    return Row(number, pair, value, [sentence(wrong)] if wrong else [], clashes, fits)
