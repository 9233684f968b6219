"""The address of a campaign on the desk: chosen while no reader has it, told where it is written."""

import pytest

from portal.domain.audit.queries import list_entries
from tests.blueprints.desk.editor import Editor, told_at


def test_a_copy_gets_an_address_of_its_own(editor: Editor) -> None:
    copy_id = copied(editor)
    page = editor.page.get(f"/desk/campaigns/{copy_id}")
    assert page.field("address").get("value") == "the-way-out-2"
    assert editor.press(copy_id, "address", address="the-way-out-2027").status == 303
    assert editor.campaign(copy_id).slug == "the-way-out-2027"
    assert "This is its address now." in editor.page.get(f"/desk/campaigns/{copy_id}").text
    with editor.app.app_context():
        (entry,) = list_entries(subject=f"campaign:{copy_id}", action_prefix="campaign.address_chosen")
    assert (entry.person_id, entry.after) == (editor.person_id, {"address": "the-way-out-2027"})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("The way", "An address has small letters from a to z, digits, and single hyphens"),
        ("the-way-out", "Another campaign has this address."),
    ],
)
def test_an_address_that_cannot_be_taken_is_told_beside_it_and_kept(
    editor: Editor, typed: str, told: str
) -> None:
    copy_id = copied(editor)
    page = editor.press(copy_id, "address", address=typed)
    assert (page.status, page.field("address").get("value")) == (422, typed)
    assert told in told_at(page, "address")
    assert "Address: " in page.by_id("problems").find(".//li/a").text
    assert editor.campaign(copy_id).slug == "the-way-out-2"


def test_what_readers_have_found_has_no_entry_for_it_and_refuses_one(editor: Editor) -> None:
    campaign_id = editor.seed()
    for move in ("publish", "unpublish"):
        editor.press(campaign_id, move)
        assert not editor.page.get(f"/desk/campaigns/{campaign_id}").all(".//input[@name='address']")
        page = editor.press(campaign_id, "address", address="another")
        assert (page.status, editor.campaign(campaign_id).slug) == (422, "the-way-out")
        assert "This address stays" in page.text


def test_the_editor_tells_the_address_and_leads_to_where_it_is_chosen_as_long_as_it_can_be(
    editor: Editor,
) -> None:
    copy_id = copied(editor)
    page = editor.open(copy_id)
    assert "/campaigns/the-way-out-2 Change the address" in page.text
    assert f"/desk/campaigns/{copy_id}#address" in page.links
    assert f"/desk/campaigns/{copy_id - 1}#address" not in editor.open(copy_id - 1).links


def copied(editor: Editor) -> int:
    """Copy the demo's campaign; gives the id of the copy."""
    campaign_id = editor.seed()
    editor.press(campaign_id, "duplicate")
    return campaign_id + 1
