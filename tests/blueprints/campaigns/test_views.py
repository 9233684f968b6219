"""The campaign page: what it tells, who said it, and the panel where money comes in."""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.service import add_to_total
from portal.domain.donations.models import DonationState
from tests.domain.campaigns.test_article import runs_of
from tests.factories.campaigns import make_campaign, make_group
from tests.factories.donations import make_donation
from tests.foundation.demo import SLUGS, publish_demo, some_content
from tests.foundation.pages import Page, PageClient, text_of

STAND_IN = {
    "STRIPE_SECRET_KEY": "sk_test_sandbox_1",
    "STRIPE_API_BASE": "http://127.0.0.1:12111",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
}
CREDIT = (
    "Based on an article by Johanna Tvedt, board member of Refugees Welcome!, who also sits on the advisory board of "
    "North Korea Refugee Aid; undated, about mid-2018"
)
PATH = "/campaigns/the-way-out"
pytestmark = pytest.mark.settings(**STAND_IN)


def test_every_figure_and_claim_stands_there_with_who_said_it_and_when(five: list[Page]) -> None:
    for page, slug in zip(five, SLUGS, strict=True):
        story = some_content(slug).campaigns[0].story
        told = [text_of(element) for element in page.all(".//details[@class='fact']")]

        assert len(told) == len(story.key_figures) + len(story.claims) >= 6
        for figure in story.key_figures:
            assert f"{figure.shown} {figure.counts}" in page.text
        for part in (*story.key_figures, *story.claims):
            (sources,) = (words for words in told if f"“{part.as_written}”" in words)
            nobody = f"the article does not say who {'counted' if part in story.key_figures else 'said'} this"
            assert f"Said by {part.said_by or nobody}" in sources
            assert f"Year {part.year or 'not given'}" in sources
            assert (f"Told differently by {part.contradicted_by}" in sources) == bool(part.contradicted_by)
            assert f"Last checked {part.last_checked.day} November 2026" in sources


def test_each_page_says_of_when_it_is_whose_article_it_retells_and_what_one_can_do(five: list[Page]) -> None:
    for page in five:
        assert "Situation as described in 2018" in page.text
        assert re.search(r"Checked against the article, 2[23] Nov 2026", page.text)
        assert CREDIT in page.text
        assert "Spread the voices" in page.text.replace("spread", "Spread")
        assert "Support those who help" in page.text.replace("support", "Support")
        assert "What we propose" in page.text
        assert "into North Korea, to its offices, or to brokers and smugglers" in page.text


def test_the_group_s_own_sentence_on_where_no_money_goes_stands_with_the_receiver_of_each(
    five: list[Page],
) -> None:
    for page in five:
        assert "No money goes into North Korea, to its offices, or to brokers and smugglers." in checked_of(
            page
        )


@pytest.mark.parametrize("told", [None, "Nothing goes to <b>banks</b>."])
def test_a_group_that_tells_no_such_sentence_has_none_and_another_its_own(
    app: Flask, page: PageClient, told: str | None
) -> None:
    with app.app_context():
        make_group(money_rule=told)
        make_campaign(slug="the-way-out")
        db.session.commit()
    shown = checked_of(page.get(PATH))
    assert shown.endswith(f"in these sanctions lists: UN, EU, UK, US. {told or ''}".strip())
    assert "Korea" not in shown


def test_each_drawing_says_in_words_what_it_draws(five: list[Page]) -> None:
    titles = [text_of(page.one(".//section[@class='hero']//{*}title")) for page in five]

    for title, said in zip(
        titles,
        ("51 bright clippings", "42 empty", "50 burn", "part of it: nearly half", "5 open"),
        strict=True,
    ):
        assert said in title
    assert "249 grains of rice side by side: 180 of them bright" in five[1].source
    assert "10,500,000 of 24,900,000 are 42 of 100." in five[1].text
    assert "A drawing, not a measurement." in five[2].text


def test_no_twelve_words_in_a_row_of_a_page_are_the_articles(five: list[Page], shared: Any) -> None:
    article = runs_of((shared / "seeds" / "article.txt").read_text("utf-8"))

    assert [runs & article for runs in (runs_of(page.text) for page in five)] == [set()] * 5


def test_each_page_of_the_five_is_strict_html_with_unique_ids(five: list[Page]) -> None:
    for page in five:
        identifiers = Counter(element.get("id") for element in page.document.iter() if element.get("id"))
        assert page.parse_errors == []
        assert [name for name, number in identifiers.items() if number > 1] == []
        inside = {address[1:] for address in page.links if address.startswith("#")}
        assert inside <= set(identifiers)


def test_nothing_is_loaded_from_anybody_else_and_nothing_is_styled_in_place(way_out: Page) -> None:
    # Blocks of data are not run, and what is canonical or another form of the page is only named.
    scripts = [one.get("src") for one in way_out.all("script") if one.get("type") != "application/ld+json"]
    named = ("canonical", "alternate")
    loaded = scripts + [one.get("href") for one in way_out.all("link") if one.get("rel") not in named]

    assert len(loaded) == 3
    assert all(re.fullmatch(r"/static/[a-z]+\.[a-z]+\?v=[0-9a-f]{12}", address or "") for address in loaded)
    assert (
        way_out.all(".//*[@style]") + way_out.all("style") + way_out.all("img") + way_out.all("iframe") == []
    )
    for link in way_out.all("a"):
        if (link.get("href") or "").startswith("http"):
            assert link.get("rel") == "noopener noreferrer"


def test_the_drawing_has_one_light_for_each_thousand_people_of_the_estimate(way_out: Page) -> None:
    def lights(kind: str) -> int:
        paths = way_out.all(".//{*}path")
        return sum(
            path.get("d", "").count("M") for path in paths if kind in (path.get("class") or "").split()
        )

    assert (lights("burning"), lights("faint")) == (50, 150)
    assert "50 burn brightly" in text_of(way_out.by_id("lights-title"))


def test_the_panel_offers_the_amounts_with_the_exact_sum_of_their_card_costs(way_out: Page) -> None:
    presets = [radio for radio in way_out.all("input") if radio.get("name") == "amount"]

    assert [radio.get("value") for radio in presets] == ["1000", "2500", "6000"]
    assert [radio.get("value") for radio in presets if radio.get("checked") is not None] == ["2500"]
    sums = [text_of(element) for element in way_out.all(".//span") if "fee-" in element.get("class", "")]
    assert [words for words in sums if "€" in words] == ["€0.51 on €10", "€0.90 on €25", "€1.79 on €60"]


def test_nothing_is_ticked_or_typed_for_the_giver(way_out: Page) -> None:
    assert way_out.field("cover_fee").get("checked") is None
    assert way_out.field("show_name").get("checked") is None
    assert way_out.field("frequency").get("value") == "once"
    assert [way_out.field(name).get("value") for name in ("own_amount", "name")] == ["", ""]
    assert "Stripe, your bank and our treasurer still see it." in way_out.text
    assert way_out.one("form").get("action") == f"{PATH}/give"


def test_before_leaving_the_page_says_who_receives_it_and_what_the_statement_says(way_out: Page) -> None:
    before = next(text_of(part) for part in way_out.all("p") if part.get("class") == "before")

    assert "Goes to Lantern Circle (demo), Rivermouth, Ireland, for language partners" in before
    assert "Your statement would say LANTERN CIRCLE." in before
    assert "practice payments on this computer" in before
    assert "was looked up on 22 November 2026" in way_out.text
    assert "UN, EU, UK, US" in way_out.text


def test_the_group_s_town_is_not_told_as_the_place_of_another_receiver(app: Flask, page: PageClient) -> None:
    with app.app_context():
        campaign = make_campaign(receiver="Harbour Table", receiver_country="DZ")
        db.session.commit()
        path = f"/campaigns/{campaign.slug}"
    before = next(text_of(part) for part in page.get(path).all("p") if part.get("class") == "before")
    assert "Goes to Harbour Table, Algeria, for" in before


@pytest.mark.parametrize(
    ("environment", "banner", "button", "said"),
    [
        (STAND_IN, True, "Continue (practice)", "practice payments on this computer"),
        (
            {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_API_BASE": ""},
            True,
            "Continue (practice)",
            "Stripe test mode",
        ),
        (
            {"STRIPE_SECRET_KEY": "", "STRIPE_API_BASE": ""},
            True,
            None,
            "Giving is not set up on this site yet.",
        ),
    ],
)
def test_the_page_says_which_kind_of_practice_this_is(
    request: pytest.FixtureRequest, environment: dict[str, str], banner: bool, button: str | None, said: str
) -> None:
    request.node.add_marker(pytest.mark.settings(**environment), append=False)
    seen = seeded(request.getfixturevalue("app")).get(PATH)

    assert ("Practice: no real money moves here" in seen.text) == banner
    assert said in seen.text
    assert [text_of(element) for element in seen.all("button")] == ([button] if button else [])
    assert len(seen.all("form")) == (1 if button else 0)


def test_a_page_starts_at_zero_and_counts_what_was_given(app: Flask) -> None:
    page = seeded(app)
    assert "€0 of €5,000 practice" in page.get(PATH).text
    assert "No gift yet. Practice figures, kept apart from real ones." in page.get(PATH).text
    with app.app_context():
        campaign_id = db.session.query(Campaign.id).scalar()
        add_to_total(campaign_id, livemode=False, currency="EUR", received=125_050, fees=0, gifts=3)
        db.session.commit()

    seen = page.get(PATH)
    assert "€1,250.50 of €5,000" in seen.text
    assert "3 gifts so far." in seen.text
    assert seen.one("progress").get("value") == "25"


def test_names_are_shown_only_of_those_who_chose_so_in_any_script(app: Flask) -> None:
    names = ["김서연", "ليلى", "Zoë 🌱", "<b>Bo</b>"]
    with app.app_context():
        campaign = make_campaign(slug="the-way-out")
        for name in names:
            make_donation(campaign, state=DonationState.PAID, show_name=True, name=name, paid_at=NOON)
        make_donation(campaign, state=DonationState.PAID, show_name=False, name="Hidden", paid_at=NOON)
        db.session.commit()
    seen = PageClient(app.test_client()).get(PATH)

    assert sorted(text_of(element) for element in seen.all("bdi")) == sorted(names)
    assert "Hidden" not in seen.source


def test_a_currency_without_decimals_and_without_a_known_fee_gets_a_right_panel(app: Flask) -> None:
    with app.app_context():
        make_group(card_fees={})
        make_campaign(slug="the-way-out", currency="KRW", goal_minor=5_000_000)
        db.session.commit()
    seen = PageClient(app.test_client()).get(PATH)

    assert "₩0 of ₩5,000,000" in seen.text
    assert "Or another amount (₩)" in seen.text
    assert "card costs" not in seen.text


def test_a_form_that_cannot_be_taken_keeps_what_was_typed_and_says_what_is_wrong_beside_it(
    app: Flask,
) -> None:
    page = seeded(app)
    entries = {
        "amount": "1000",
        "own_amount": "ten <b>",
        "frequency": "once",
        "cover_fee": "y",
        "show_name": "y",
        "name": "",
        "message": "안녕 & hello",
    }
    seen = page.post(f"{PATH}/give", entries)

    assert (seen.status, seen.headers["Cache-Control"], seen.parse_errors) == (422, "private, no-cache", [])
    assert seen.title.startswith("Problem: ")
    summary = seen.by_id("problems")
    assert summary.get("autofocus") is not None
    assert [link.get("href") for link in summary.iter("a")] == ["#own_amount", "#name"]
    for name in ("own_amount", "name"):
        entry = seen.by_id(name)
        assert entry.get("aria-invalid") == "true"
        assert f"{name}-errors" in (entry.get("aria-describedby") or "").split()
        assert text_of(seen.by_id(f"{name}-errors"))
    assert seen.by_id("own_amount").get("value") == "ten <b>"
    assert seen.field("cover_fee").get("checked") is not None
    assert seen.field("show_name").get("checked") is not None
    assert seen.by_id("amount-1").get("checked") is not None
    assert text_of(seen.by_id("message")) == "안녕 & hello"
    assert "Problem" not in page.get(PATH).title


def test_help_without_a_shift_leads_to_what_one_can_do_instead(app: Flask) -> None:
    with app.app_context():
        make_campaign(slug="the-way-out")
        db.session.commit()
    page = PageClient(app.test_client()).get(PATH)
    help_ = page.by_id("help")
    assert "No shift is planned for this campaign right now. Pass its page on" in text_of(help_)
    ways = [one.get("href") for one in help_.iter("a")]
    assert ways == ["/events", "#pass-on"]
    assert page.by_id("pass-on").tag == "details"


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def seeded(app: Flask) -> PageClient:
    with app.app_context():
        publish_demo()
        db.session.commit()
    return PageClient(app.test_client())


def checked_of(page: Page) -> str:
    """Give what the panel tells of who receives the money, and who checked."""
    return text_of(page.one(".//section[@id='give']/details[@class='more checked']"))


@pytest.fixture
def way_out(app: Flask) -> Page:
    return seeded(app).get(PATH)


@pytest.fixture
def five(app: Flask) -> list[Page]:
    with app.app_context():
        publish_demo(*SLUGS)
        db.session.commit()
    browser = PageClient(app.test_client())
    return [browser.get(f"/campaigns/{slug}") for slug in SLUGS]
