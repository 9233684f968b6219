"""The outbox: mails with their state and their text as it is kept, and those that failed once more."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk.forms import ButtonForm
from portal.blueprints.desk.mail_words import kind_words, mail_state_words, mails_seen_by
from portal.clock import now
from portal.db import LARGEST_ID, db
from portal.domain.campaigns.queries import find_group
from portal.domain.messages import queries, service
from portal.domain.messages.errors import MailNotFailed
from portal.domain.messages.models import MailState, OutboxMail
from portal.domain.people.queries import persons_by_id
from portal.web.refusals import sentence
from portal.web.signed_in import get_user

bp = Blueprint("outbox", __name__)

ON_A_PAGE = 50


@bp.get("/outbox")
def index() -> ResponseReturnValue:
    """List the mails that whoever looks may see, newest first, a page at a time."""
    state, before = _state_or_404(), read_id(request.args.get("before", ""))
    found = queries.list_mails(mails_seen_by(get_user()), state, before, ON_A_PAGE + 1)
    mails, group = found[:ON_A_PAGE], find_group()
    return render_template(
        "desk/outbox.html",
        group=group,
        timezone=group.timezone if group else "UTC",
        mails=mails,
        persons=persons_by_id({mail.person_id for mail in mails}),
        kinds=kind_words(),
        states=mail_state_words(),
        state=state or "",
        before=before,
        older=mails[-1].id if len(found) > ON_A_PAGE else None,
    )


@bp.get("/outbox/<int:mail_id>")
def show(mail_id: int) -> ResponseReturnValue:
    """Show one mail: its text as it is kept, where every link is masked."""
    mail, group = _mail_or_404(mail_id), find_group()
    return render_template(
        "desk/mail.html",
        group=group,
        timezone=group.timezone if group else "UTC",
        mail=mail,
        person=persons_by_id([mail.person_id]).get(mail.person_id),
        kinds=kind_words(),
        form=ButtonForm(),
    )


@bp.post("/outbox/<int:mail_id>/send-again")
def send_again(mail_id: int) -> ResponseReturnValue:
    """Queue a mail that failed once more; one that was sent stays sent."""
    _mail_or_404(mail_id)
    if not ButtonForm().validate_on_submit():
        abort(400)
    try:
        service.send_again(mail_id, get_user().person_id, now())
    except MailNotFailed as refusal:
        db.session.rollback()
        flash(sentence(refusal))
    else:
        db.session.commit()
        flash(gettext("The mail will be sent in a moment."))
    return redirect(url_for("outbox.show", mail_id=mail_id), 303)


def read_id(text: str) -> int | None:
    """Give the id in an address that says where a page goes on; None for none; aborts with 404 for a wrong one."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST_ID)) or int(text) > LARGEST_ID:
        abort(404)
    return int(text)


def _state_or_404() -> MailState | None:
    text = request.args.get("state", "")
    if text not in {"", *MailState}:
        abort(404)
    return MailState(text) if text else None


def _mail_or_404(mail_id: int) -> OutboxMail:
    mail = queries.find_mail_among(mail_id, mails_seen_by(get_user()))
    if mail is None:
        abort(404)
    return mail
