"""Plans on a campaign's page: typed in the group's time, told, changed, taken back, and what became of them."""

from datetime import UTC, datetime, timedelta

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.planning import carry_out_due
from tests.blueprints.desk.editor import Editor, told_at
from tests.foundation.pages import Page


def test_a_plan_is_told_on_the_campaign_s_page_and_carried_out(editor: Editor) -> None:
    campaign_id = ready(editor)
    answer = send(editor, campaign_id, publish_at="2199-07-01T09:00", end_at="2199-10-27T01:30")
    assert answer.status == 303
    page = editor.page.get(f"/desk/campaigns/{campaign_id}")
    assert "It is published on 1 July 2199, 09:00, Dublin time." in page.text
    assert "It ends on 27 October 2199, 01:30, Dublin time. That time comes twice" in page.text
    assert "Planned by Aoife" in page.text
    assert page.field("publish_at").get("value") == "2199-07-01T09:00"
    assert editor.page.get("/campaigns/the-way-out").status == 404

    send(editor, campaign_id, publish_at=in_town(hours=26), end_at="")
    carry_out(editor, hours=27)
    assert editor.page.get("/campaigns/the-way-out").status == 200
    assert "Planned by" not in editor.page.get(f"/desk/campaigns/{campaign_id}").text


def test_the_list_of_campaigns_tells_what_is_planned(editor: Editor) -> None:
    campaign_id = ready(editor)
    assert "Planned:" not in editor.page.get("/desk/campaigns").text
    send(editor, campaign_id, publish_at="2199-07-01T09:00", end_at="2199-10-27T03:30")
    told = editor.page.get("/desk/campaigns").text
    assert "Planned: it is published on 1 July 2199, 09:00." in told
    assert "Planned: it ends on 27 October 2199, 03:30." in told
    with editor.app.app_context():
        carry_out_due(datetime(2199, 8, 1, tzinfo=UTC), 50)
        db.session.commit()
    told = editor.page.get("/desk/campaigns").text
    # It lacked something, which is told where something can be done about it.
    assert "it is published" not in told
    assert "it ends on 27 October 2199" in told


def test_what_cannot_be_planned_is_told_beside_its_entry_and_what_was_typed_is_kept(editor: Editor) -> None:
    campaign_id = ready(editor)
    page = send(editor, campaign_id, publish_at="2199-03-31T01:30", end_at="나중에")
    assert page.status == 422
    assert "Clocks go forward then, so 2199-03-31 01:30 does not come." in told_at(page, "publish_at")
    assert "This is no day with a time of day." in told_at(page, "end_at")
    assert page.field("end_at").get("value") == "나중에"
    late = send(editor, campaign_id, publish_at="2199-03-31T03:30", end_at="2199-03-31T03:00")
    assert "It would end before it is published." in told_at(late, "end_at")
    assert "That moment is over." in told_at(
        send(editor, campaign_id, publish_at="2020-01-01 00:00"), "publish_at"
    )
    assert "Say when." in told_at(send(editor, campaign_id), "end_at")
    assert "Planned by" not in editor.page.get(f"/desk/campaigns/{campaign_id}").text


def test_what_is_public_is_planned_to_end_and_that_is_taken_back(editor: Editor) -> None:
    campaign_id = editor.seed()
    page = editor.page.get(f"/desk/campaigns/{campaign_id}")
    assert [one.get("name") for one in page.all("input") if one.get("type") == "datetime-local"] == ["end_at"]
    send(editor, campaign_id, end_at=in_town(hours=26))
    assert editor.press(campaign_id, "plan/take-back").status == 303
    carry_out(editor, hours=27)
    assert editor.campaign(campaign_id).status == "published"


def test_what_was_missing_at_the_planned_moment_stands_on_the_campaign_s_page(editor: Editor) -> None:
    campaign_id = ready(editor)
    send(editor, campaign_id, publish_at=in_town(hours=26))
    carry_out(editor, hours=24 * 400)
    page = editor.page.get(f"/desk/campaigns/{campaign_id}")
    assert "It was not published on" in page.text
    assert "missing was a check of the receiver that is less than a year old." in page.text
    assert editor.campaign(campaign_id).status == "draft"


def test_planning_what_still_lacks_something_says_that_it_will_not_happen_without(editor: Editor) -> None:
    campaign_id = ready(editor)
    # By then the check of its receiver is too old.
    send(editor, campaign_id, publish_at="2199-07-01T09:00")
    page = editor.page.get(f"/desk/campaigns/{campaign_id}")
    lacking = "it will not be published unless you add before that: a check of the receiver that is less than"
    assert page.text.count(f"Planned. But {lacking}") == 1
    assert page.text.count(f"Dublin time. But {lacking}") == 1
    assert "It happens by itself" not in page.text
    send(editor, campaign_id, publish_at=in_town(hours=26))
    page = editor.page.get(f"/desk/campaigns/{campaign_id}")
    assert "It happens by itself" in page.text
    assert lacking not in page.text


def test_a_plan_that_failed_stands_on_the_desk_s_first_screen_until_somebody_sees_to_it(
    editor: Editor,
) -> None:
    campaign_id = ready(editor)
    send(editor, campaign_id, publish_at=in_town(hours=26), end_at=in_town(hours=30))
    title = editor.opened(campaign_id).story.title
    assert "as planned" not in editor.page.get("/desk").text
    carry_out(editor, hours=24 * 400)
    page = editor.page.get("/desk")
    (need,) = page.all(".//li[@class='todo']")
    assert f"“{title}” was not published as planned" in page.text
    assert "Missing was: a check of the receiver that is less than a year old." in page.text
    assert [one.get("href") for one in need.iter("a")] == [f"/desk/campaigns/{campaign_id}"]
    editor.press(campaign_id, "plan/take-back")
    assert "as planned" not in editor.page.get("/desk").text


def test_an_end_that_failed_is_told_as_one(editor: Editor) -> None:
    campaign_id = ready(editor)
    send(editor, campaign_id, end_at=in_town(hours=26))
    carry_out(editor, hours=27)
    page = editor.page.get("/desk")
    assert f"“{editor.opened(campaign_id).story.title}” did not end as planned" in page.text
    assert "Readers did not see it then." in page.text
    assert "Missing was" not in page.text


def ready(editor: Editor) -> int:
    """Give a draft that lacks nothing."""
    campaign_id = editor.seed()
    editor.press(campaign_id, "unpublish")
    return campaign_id


def send(editor: Editor, campaign_id: int, **entries: str) -> Page:
    return editor.press(campaign_id, "plan", **entries)


def in_town(hours: int) -> str:
    """Give an hour to come, as it can be typed; in winter clocks in Dublin show UTC, and a day more is room enough."""
    return (now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def carry_out(editor: Editor, hours: int) -> None:
    with editor.app.app_context():
        carry_out_due(now() + timedelta(hours=hours), 50)
        db.session.commit()
