"""Pictures of a campaign: added with who vouches for those on them, named in its story, and taken out with care."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.addresses import address_of, numbered
from portal.domain.campaigns.errors import EntryMissing, EntryTooLong
from portal.domain.campaigns.models import CampaignPicture, CampaignRevision, Consent
from portal.domain.campaigns.picture import Picture
from portal.domain.campaigns.picture_errors import ConsentMissing, NoSuchPicture, PictureInUse
from portal.domain.campaigns.picture_files import Prepared, write_files
from portal.domain.campaigns.revisions import open_for_change

LONGEST_ALT, LONGEST_CREDIT = 300, 200


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a picture: what can be seen, who took it, and why those on it may be shown."""

    alt: str
    credit: str
    consent: Consent


def read_line(typed: str, most: int) -> str:
    """Give one line without its edges. Raises EntryMissing and EntryTooLong."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
    if not line:
        raise EntryMissing
    if len(line) > most:
        raise EntryTooLong(most)
    return line


def read_consent(typed: str) -> Consent:
    """Give why those on a picture may be shown. Raises ConsentMissing."""
    try:
        return Consent(typed)
    except ValueError:
        raise ConsentMissing from None


def known_pictures(campaign_id: int) -> dict[str, Picture]:
    """Give what a campaign's texts may show, by name: also what only its earlier revisions do."""
    rows = db.session.scalars(select(CampaignPicture).where(CampaignPicture.campaign_id == campaign_id))
    return {row.name: _picture(row) for row in rows}


def list_pictures(campaign_id: int) -> list[CampaignPicture]:
    """Give a campaign's pictures, the latest first, with those that are kept for earlier revisions."""
    mine = select(CampaignPicture).where(CampaignPicture.campaign_id == campaign_id)
    return list(db.session.scalars(mine.order_by(CampaignPicture.id.desc())))


def add_picture(
    by: int, campaign_id: int, file_name: str, prepared: Prepared, told: Told, folder: Path, moment: datetime
) -> str:
    """Add a picture to those that a campaign's story can show, and give the name by which it does.

    Raises NoSuchCampaign.
    """
    campaign = open_for_change(campaign_id).campaign
    name = _free_name(file_name, known_pictures(campaign_id))
    write_files(folder, prepared)
    size = {"width": prepared.width, "height": prepared.height}
    words = {"alt": told.alt, "credit": told.credit, "consent": told.consent, "vouched_by_id": by}
    db.session.add(
        CampaignPicture(
            campaign_id=campaign_id, name=name, digest=prepared.digest, made_at=moment, **size, **words
        )
    )
    db.session.flush()
    after = {"picture": name, "consent": told.consent.value}
    note(by, "campaign.picture_added", f"campaign:{campaign.id}", moment, after=after)
    return name


def remove_picture(by: int, campaign_id: int, name: str, moment: datetime) -> str | None:
    """Take a picture from those that a story can show; one that a revision shows is kept for it, and put away.

    Gives the digest whose files nobody needs once this is committed, else None. Raises NoSuchCampaign, NoSuchPicture,
    and PictureInUse while the newest revision shows it.
    """
    opened = open_for_change(campaign_id)
    row = _get_picture(campaign_id, name)
    if any(picture.name == name for picture in opened.story.pictures):
        raise PictureInUse(name)
    digest: str | None = None
    if _is_in_a_revision(campaign_id, name):
        row.put_away_at = moment
    else:
        digest = row.digest
        db.session.delete(row)
    db.session.flush()
    note(by, "campaign.picture_removed", f"campaign:{campaign_id}", moment, {"picture": name}, {})
    return digest if digest is not None and not _is_kept(digest) else None


def erase_picture(by: int, campaign_id: int, name: str, moment: datetime) -> str:
    """Erase a picture, also from earlier revisions and copies: somebody on it may take back their word.

    Gives the digest whose files are to go once this is committed. Raises NoSuchCampaign, NoSuchPicture, and
    PictureInUse while the newest revision of any campaign shows it.
    """
    digest = _get_picture(campaign_id, name).digest
    rows = db.session.scalars(select(CampaignPicture).where(CampaignPicture.digest == digest)).all()
    # In one order for everybody, so that two who erase don't wait for each other.
    for row in sorted(rows, key=lambda row: row.campaign_id):
        shown = open_for_change(row.campaign_id).story.pictures
        if any(picture.digest == digest for picture in shown):
            raise PictureInUse(row.name)
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    for changed in sorted({row.campaign_id for row in rows}):
        note(by, "campaign.picture_erased", f"campaign:{changed}", moment, {"picture": name}, {})
    return digest


def copy_pictures(from_id: int, to_id: int) -> None:
    """Let another campaign show the same pictures, under the same names; who vouched for them stays so."""
    rows = db.session.scalars(select(CampaignPicture).where(CampaignPicture.campaign_id == from_id))
    kept = [
        column.key for column in CampaignPicture.__table__.columns if column.key not in ("id", "campaign_id")
    ]
    for row in rows:
        db.session.add(CampaignPicture(campaign_id=to_id, **{key: getattr(row, key) for key in kept}))
    db.session.flush()


def _get_picture(campaign_id: int, name: str) -> CampaignPicture:
    mine = select(CampaignPicture).where(CampaignPicture.campaign_id == campaign_id)
    row = db.session.scalar(mine.where(CampaignPicture.name == name))
    if row is None:
        raise NoSuchPicture(name)
    return row


def _picture(row: CampaignPicture) -> Picture:
    names = ("name", "digest", "width", "height", "alt", "credit")
    return Picture(**{name: getattr(row, name) for name in names})


def _free_name(file_name: str, taken: dict[str, Picture]) -> str:
    """Give a name made of the file's own, numbered when it is taken."""
    first = address_of(Path(file_name.replace("\\", "/")).stem or "picture")
    name, number = first, 1
    while name in taken:
        number += 1
        name = numbered(first, number)
    return name


def _is_in_a_revision(campaign_id: int, name: str) -> bool:
    stories = select(CampaignRevision.story["pictures"]).where(CampaignRevision.campaign_id == campaign_id)
    return any(one["name"] == name for shown in db.session.scalars(stories) for one in shown or ())


def _is_kept(digest: str) -> bool:
    of_it = select(CampaignPicture.id).where(CampaignPicture.digest == digest).limit(1)
    return db.session.scalar(of_it) is not None
