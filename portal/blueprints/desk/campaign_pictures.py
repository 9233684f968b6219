"""A campaign's pictures on the desk: brought with what is told of them, and taken out again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import StringField

from portal.blueprints.desk.campaign_editor import only_reading, opened_or_404
from portal.blueprints.desk.campaign_forms import ButtonForm
from portal.blueprints.desk.campaigns import bp
from portal.clock import now
from portal.db import db
from portal.domain.campaigns import picture_files, pictures
from portal.domain.campaigns.errors import CampaignRefused
from portal.domain.campaigns.models import Consent
from portal.domain.campaigns.picture_errors import NoSuchPicture
from portal.domain.campaigns.picture_files import Prepared
from portal.web.forms import LabelledForm
from portal.web.refusals import sentence
from portal.web.signed_in import get_user


class PictureForm(LabelledForm):
    """A picture and what is told of it; after a validation that passed, `prepared` and `told` hold it."""

    alt = StringField(lazy_gettext("What can be seen on it"))
    credit = StringField(lazy_gettext("Who took it"))
    consent = StringField(lazy_gettext("Those on it"))
    picture = StringField(lazy_gettext("The picture"))

    prepared: Prepared
    told: pictures.Told

    @property
    def file_name(self) -> str:
        """The name that the file had where it comes from."""
        return request.files["picture"].filename or ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether all of it can be taken; why not stands in the errors. Takes up to some seconds."""
        if not super().validate(extra_validators):
            return False
        taken = {
            "alt": self._take("alt", lambda: pictures.read_line(self.alt.data or "", pictures.LONGEST_ALT)),
            "credit": self._take(
                "credit", lambda: pictures.read_line(self.credit.data or "", pictures.LONGEST_CREDIT)
            ),
            "consent": self._take("consent", lambda: pictures.read_consent(self.consent.data or "")),
            "picture": self._take("picture", lambda: picture_files.prepare(self._sent())),
        }
        if self.errors:
            return False
        self.prepared = taken.pop("picture")
        self.told = pictures.Told(**taken)
        return True

    def _sent(self) -> bytes:
        file = request.files.get("picture")
        return file.read() if file else b""

    def _take(self, name: str, read: Any) -> Any:
        try:
            return read()
        except CampaignRefused as refusal:
            self[name].errors = [*self[name].errors, sentence(refusal)]
            return None


@bp.get("/<int:campaign_id>/pictures")
def show_pictures(campaign_id: int) -> ResponseReturnValue:
    """Show a campaign's pictures, and the form for another."""
    return _show(campaign_id, PictureForm())


@bp.post("/<int:campaign_id>/pictures")
def add_picture(campaign_id: int) -> ResponseReturnValue:
    """Take a picture in, made anew and without its metadata."""
    opened_or_404(campaign_id)
    # To make it anew takes a while, in which nobody is to wait for this transaction.
    db.session.rollback()
    form = PictureForm()
    if not form.validate():
        return _show(campaign_id, form, 422)
    by, folder = get_user().person_id, current_app.config["LANTERN_DATA"]
    name = pictures.add_picture(by, campaign_id, form.file_name, form.prepared, form.told, folder, now())
    db.session.commit()
    flash(gettext("The picture is there. To show it, write “:: picture %(name)s” into the story.", name=name))
    return redirect(url_for(".show_pictures", campaign_id=campaign_id), 303)


@bp.post("/<int:campaign_id>/pictures/<name>/remove")
def remove_picture(campaign_id: int, name: str) -> ResponseReturnValue:
    """Take a picture out; what an earlier revision shows is kept for it."""
    return _take_out(pictures.remove_picture, campaign_id, name, gettext("The picture is taken out."))


@bp.post("/<int:campaign_id>/pictures/<name>/erase")
def erase_picture(campaign_id: int, name: str) -> ResponseReturnValue:
    """Erase a picture, from earlier revisions and copies too."""
    words = gettext("The picture is erased. Nothing here can show it any more.")
    return _take_out(pictures.erase_picture, campaign_id, name, words)


def _take_out(
    act: Callable[[int, int, str, datetime], str | None], campaign_id: int, name: str, words: str
) -> ResponseReturnValue:
    opened_or_404(campaign_id)
    try:
        digest = act(get_user().person_id, campaign_id, name, now())
    except NoSuchPicture:
        abort(404)
    except CampaignRefused as refusal:
        return _show(campaign_id, PictureForm(formdata=None), 422, sentence(refusal))
    db.session.commit()
    if digest is not None:
        # Only now that no row names them: what fails here leaves files that nobody finds.
        picture_files.delete_files(current_app.config["LANTERN_DATA"], digest)
    flash(words)
    return redirect(url_for(".show_pictures", campaign_id=campaign_id), 303)


def _show(campaign_id: int, form: PictureForm, status: int = 200, refused: str = "") -> ResponseReturnValue:
    with only_reading():
        opened = opened_or_404(campaign_id)
        shown = {picture.name for picture in opened.story.pictures}
        rows = pictures.list_pictures(campaign_id)
        words = render_template(
            "desk/campaign_pictures.html",
            group=opened.group,
            opened=opened,
            form=form,
            button=ButtonForm(),
            shown=shown,
            at_hand=[row for row in rows if row.put_away_at is None or row.name in shown],
            put_away=[row for row in rows if row.put_away_at is not None and row.name not in shown],
            consents=Consent,
            limits={"alt": pictures.LONGEST_ALT, "credit": pictures.LONGEST_CREDIT},
            most=picture_files.MOST_MEGABYTES,
            refused=refused,
        )
    return words, status
