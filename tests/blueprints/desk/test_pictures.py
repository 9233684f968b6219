"""Pictures on the desk: brought, shown in a story, kept for the revisions that show them, and taken out."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns import picture_files
from portal.domain.campaigns.models import CampaignPicture
from portal.web.bodies import WITH_A_PICTURE
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.factories.pictures import make_photograph, make_picture
from tests.foundation.pages import Page, text_of

TOLD = {"alt": "⟦A market at dawn⟧", "credit": "민아", "consent": "nobody"}


def test_a_picture_is_brought_shown_in_the_story_and_served_for_good(editor: Editor) -> None:
    campaign_id = editor.seed()
    answer = bring(editor, campaign_id)
    assert (answer.status, answer.location) == (303, f"/desk/campaigns/{campaign_id}/pictures")
    seen = editor.page.get(answer.location or "")
    assert "write “:: picture market-at-dawn” into the story" in seen.text
    show(editor, campaign_id, "market-at-dawn")

    image = editor.page.get("/campaigns/the-way-out").one("img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == (
        "⟦A market at dawn⟧",
        "600",
        "1000",
    )
    assert image.get("loading") == "lazy"
    sources = [one.split() for one in (image.get("srcset") or "").split(", ")]
    assert [width for _, width in sources] == ["480w", "600w"]
    assert image.get("src") == sources[1][0]
    for address, width in sources:
        file = editor.page.client.get(address)
        assert (file.status_code, file.mimetype) == (200, "image/webp")
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert f"{picture_files.Image.open(BytesIO(file.data)).width}w" == width
    assert "Picture: 민아" in editor.page.get("/campaigns/the-way-out").text


def test_nothing_of_where_it_was_taken_is_kept_in_the_data_folder(editor: Editor) -> None:
    bring(editor, editor.seed())
    stored = [path.read_bytes() for path in files(editor)]
    assert len(stored) == 2
    assert [word for one in stored for word in (b"Exif", b"EXIF", b"Quux", b"Door 3") if word in one] == []


def test_who_vouched_for_those_on_it_is_kept_and_noted(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id, consent="agreed")
    with editor.app.app_context():
        row = db.session.scalars(select(CampaignPicture)).one()
        assert (row.consent, row.vouched_by_id) == ("agreed", editor.person_id)
        (noted,) = list_entries(subject=f"campaign:{campaign_id}")
    assert (noted.action, noted.person_id) == ("campaign.picture_added", editor.person_id)
    assert noted.after == {"picture": "market-at-dawn", "consent": "agreed"}


@pytest.mark.parametrize(
    ("entry", "value", "told"),
    [
        ("alt", " ", "This is missing."),
        ("alt", "x" * 301, "up to 300 characters"),
        ("credit", "", "This is missing."),
        ("consent", "", "Say whether somebody can be recognised."),
        ("consent", "sure", "Say whether somebody can be recognised."),
        ("picture", b"", "Choose a picture."),
        ("picture", b"<svg onload='x'/>", "This is no picture we can show"),
        ("picture", make_picture(size=(100, 100)), "too small"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_entry(
    editor: Editor, entry: str, value: Any, told: str
) -> None:
    page = bring(editor, editor.seed(), **{entry: value})
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    assert told in told_at(page, entry)
    others = {name: page.field(name).get("value") for name in ("alt", "credit") if name != entry}
    assert others == {name: TOLD[name] for name in others}
    assert files(editor) == []


def test_on_top_of_the_page_each_entry_is_named_with_what_is_wrong_with_it(editor: Editor) -> None:
    page = bring(editor, editor.seed(), alt="", credit="")
    assert [text_of(one) for one in page.by_id("problems").iter("a")] == [
        "What can be seen on it: This is missing. Type it here.",
        "Who took it: This is missing. Type it here.",
    ]
    assert told_at(page, "alt") == "This is missing. Type it here."


def test_more_than_any_picture_weighs_is_not_even_read(editor: Editor) -> None:
    path = f"/desk/campaigns/{editor.seed()}/pictures"
    kind = {"content_type": "multipart/form-data; boundary=x"}
    statuses = [
        editor.page.post(path, b"x" * size, **kind).status for size in (WITH_A_PICTURE, WITH_A_PICTURE + 1)
    ]
    # What may be read lacks a token.
    assert statuses == [400, 413]


def test_a_story_shows_only_pictures_of_its_own_campaign(editor: Editor) -> None:
    campaign_id = editor.seed()
    page = show(editor, campaign_id, "market-at-dawn")
    assert (page.status, "names something that is not there" in told_at(page, "words")) == (422, True)
    bring(editor, campaign_id)
    copy_id = campaign_id + 1
    editor.press(campaign_id, "duplicate")
    assert show(editor, copy_id, "market-at-dawn").status == 303
    bring(editor, campaign_id, name="Another.JPG")
    assert show(editor, copy_id, "another").status == 422


def test_a_preview_shows_a_picture_too(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    seen = editor.open(campaign_id)
    words = f"{text_of(seen.field('words'))}\n\n:: picture market-at-dawn"
    page = editor.send(seen, f"/desk/campaigns/{campaign_id}/preview", words=words)
    assert page.one("img").get("alt") == TOLD["alt"]


def test_a_picture_that_no_revision_shows_goes_with_its_files(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    assert remove(editor, campaign_id).status == 303
    assert (rows(editor), files(editor)) == ([], [])
    assert remove(editor, campaign_id).status == 404


def test_files_that_another_picture_has_too_stay(editor: Editor) -> None:
    campaign_id = editor.seed()
    for _ in range(2):
        bring(editor, campaign_id)
    assert rows(editor) == [("market-at-dawn", False), ("market-at-dawn-2", False)]
    remove(editor, campaign_id)
    assert (rows(editor), len(files(editor))) == ([("market-at-dawn-2", False)], 2)


def test_a_picture_that_the_story_shows_is_not_taken_out(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    seen = pictures_page(editor, campaign_id)
    show(editor, campaign_id, "market-at-dawn")
    page = remove(editor, campaign_id, seen)
    assert (page.status, "Take the line “:: picture market-at-dawn” out" in page.text) == (422, True)
    assert rows(editor) == [("market-at-dawn", False)]
    assert "The story shows it." in pictures_page(editor, campaign_id).text


def test_a_picture_that_an_earlier_revision_shows_is_kept_and_comes_back_with_it(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    before = text_of(editor.open(campaign_id).field("words"))
    show(editor, campaign_id, "market-at-dawn")
    editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", words=before)
    remove(editor, campaign_id)
    assert (rows(editor), len(files(editor))) == ([("market-at-dawn", True)], 2)
    kept = pictures_page(editor, campaign_id).one(".//details[@class='more']")
    assert ":: picture market-at-dawn" in text_of(kept)

    first = editor.page.get(f"/desk/campaigns/{campaign_id}/revisions/2")
    path = f"/desk/campaigns/{campaign_id}/revisions/2/bring-back"
    assert editor.page.post(path, sent_by(first, form_id="")).status == 303
    image = editor.page.get("/campaigns/the-way-out").one("img")
    assert editor.page.client.get(image.get("src") or "").status_code == 200
    assert pictures_page(editor, campaign_id).all(".//details[@class='more']") == []


def test_a_picture_whose_people_take_back_their_word_is_erased_from_earlier_revisions_and_copies_too(
    editor: Editor,
) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    show(editor, campaign_id, "market-at-dawn")
    editor.press(campaign_id, "duplicate")
    copy_id = campaign_id + 1
    assert [remove(editor, one, act="erase").status for one in (campaign_id, copy_id)] == [422, 422]
    for one in (campaign_id, copy_id):
        words = text_of(editor.open(one).field("words")).replace(":: picture market-at-dawn", "")
        editor.send(editor.open(one), f"/desk/campaigns/{one}/edit", words=words)
    address = f"/pictures/{files(editor)[0].name}"
    assert remove(editor, copy_id, act="erase").status == 303
    assert (rows(editor), files(editor)) == ([], [])
    assert editor.page.get(address).status == 404

    second = editor.page.get(f"/desk/campaigns/{campaign_id}/revisions/2")
    path = f"/desk/campaigns/{campaign_id}/revisions/2/bring-back"
    refused = editor.page.post(path, sent_by(second, form_id=""))
    assert (refused.status, "can’t come back whole" in refused.text) == (422, True)
    with editor.app.app_context():
        noted = [one.action for one in list_entries() if one.action.startswith("campaign.picture")]
    assert sorted(noted) == ["campaign.picture_added", *["campaign.picture_erased"] * 2]


@pytest.mark.parametrize(
    "address", [f"{'0' * 32}-480", f"{'0' * 32}-99999999999999999999", "..%2flantern-1", "%00-1", "민아-480"]
)
def test_a_picture_that_is_not_there_is_no_page(editor: Editor, address: str) -> None:
    assert editor.page.get(f"/pictures/{address}.webp").status == 404


def test_a_picture_is_neither_added_nor_removed_without_the_form_s_token(editor: Editor) -> None:
    campaign_id = editor.seed()
    bring(editor, campaign_id)
    path = f"/desk/campaigns/{campaign_id}/pictures"
    answers = [
        editor.page.post(one, TOLD | {"picture": (BytesIO(make_photograph()), "x.jpg")})
        for one in (path, f"{path}/market-at-dawn/remove")
    ]
    assert [answer.status for answer in answers] == [400, 400]
    assert rows(editor) == [("market-at-dawn", False)]


def bring(
    editor: Editor,
    campaign_id: int,
    picture: bytes | None = None,
    name: str = "Market at dawn.jpeg",
    **entries: str,
) -> Page:
    """Send the form for a picture; without one, one as a phone makes it that lies on its side."""
    seen = pictures_page(editor, campaign_id)
    token = seen.field("csrf_token").get("value")
    sent = make_photograph(orientation=6) if picture is None else picture
    form = {**TOLD, **entries, "csrf_token": token, "picture": (BytesIO(sent), name)}
    return editor.page.post(f"/desk/campaigns/{campaign_id}/pictures", form)


def pictures_page(editor: Editor, campaign_id: int) -> Page:
    return editor.page.get(f"/desk/campaigns/{campaign_id}/pictures")


def show(editor: Editor, campaign_id: int, name: str) -> Page:
    """Write a picture into the story."""
    seen = editor.open(campaign_id)
    words = "".join(seen.field("words").itertext())
    path = f"/desk/campaigns/{campaign_id}/edit"
    return editor.send(seen, path, words=f"{words}\n\n:: picture {name}")


def remove(editor: Editor, campaign_id: int, seen: Page | None = None, act: str = "remove") -> Page:
    token = (seen or pictures_page(editor, campaign_id)).field("csrf_token").get("value") or ""
    path = f"/desk/campaigns/{campaign_id}/pictures/market-at-dawn/{act}"
    return editor.page.post(path, {"csrf_token": token})


def files(editor: Editor) -> list[Path]:
    folder = editor.app.config["LANTERN_DATA"] / "pictures"
    return sorted(folder.iterdir()) if folder.exists() else []


def rows(editor: Editor) -> list[tuple[str, bool]]:
    """Every picture that is stored, and whether it was put away."""
    with editor.app.app_context():
        found = db.session.scalars(select(CampaignPicture).order_by(CampaignPicture.id))
        return [(row.name, row.put_away_at is not None) for row in found]
