"""Every visible word goes through gettext: pages made with a language that marks what it translated have no other."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config import ROOT
from portal.domain.campaigns.story import Story
from portal.extensions import babel
from tests.factories.campaigns import make_campaign, make_group, make_story
from tests.factories.events import make_event, make_shift
from tests.foundation.databases import let_go
from tests.foundation.demo import demo_content
from tests.foundation.pages import UNSEEN, Page
from tests.project.conftest import OpenWorld
from tests.project.walk import PAGES, Visit

PYBABEL = Path(sys.executable).with_name("pybabel")
OPENING, CLOSING = "⟦", "⟧"
MARKED = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "content", "value")
# What is in a reader's language by Babel's own data, or the same in every language.
NOT_OURS = re.compile(
    r"Lantern|WhatsApp|Telegram|LINE|Facebook|Ireland|UN, EU, UK, US|TEST-\d+|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|"
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|Dublin|"
    r"English|Korean|German|Spanish|French|Irish|Japanese|Lao|Mongolian|Russian|Thai|Vietnamese|Chinese"
)


@pytest.mark.parametrize("visit", PAGES, ids=str)
def test_every_visible_word_is_translated_or_comes_from_the_database(
    visit: Visit, open_world: OpenWorld, marking_language: Path
) -> None:
    world = open_world(publish=_publish_marked, BABEL_TRANSLATION_DIRECTORIES=str(marking_language))
    page = visit(world)
    let_go(world.app)
    assert _foreign_words(page) == []


def test_the_language_marks_what_it_translates(open_world: OpenWorld, marking_language: Path) -> None:
    world = open_world(publish=_publish_marked, BABEL_TRANSLATION_DIRECTORIES=str(marking_language))
    assert world.browser.get("/privacy").heading.startswith(OPENING)


def test_every_message_keeps_its_placeholders_apart_from_its_words(catalogue: Catalog) -> None:
    assert len(catalogue) > 100
    for message in catalogue:
        assert not re.search(r"%s|%d|\{\w*\}", str(message.id)), message.id


def _foreign_words(page: Page) -> list[str]:
    text = " ".join(_spoken(page.document))
    while MARKED.search(text):
        text = MARKED.sub(" ", text)
    return WORD.findall(NOT_OURS.sub(" ", text))


def _spoken(element: Element) -> Iterator[str]:
    """Give all text and text attributes that a page shows or a screen reader says, but nothing that somebody typed."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN - {"head"} | {"bdi", "textarea"}:
        return
    yield element.text or ""
    if element.tag not in ("input", "option") or element.get("type") in ("submit", "button"):
        yield from (element.get(name, "") for name in SPOKEN if not _is_technical(element, name))
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""


def _is_technical(element: Element, attribute: str) -> bool:
    return element.tag == "meta" and attribute == "content" and element.get("name") != "description"


def _publish_marked() -> str:
    """Publish a campaign that says something everywhere, and what the demo's tell, all of it in marks."""
    group = make_group(
        name=_mark("Circle"),
        town=_mark("Rivermouth"),
        contact_email=_mark("circle@example.org"),
        statement_name=_mark("CIRCLE"),
        concern_contacts=[
            {"role": _mark(role), "email": _mark("care@example.org")} for role in ("Lead", "Deputy")
        ],
        partners=[_mark_words(one.model_dump(mode="json")) for one in demo_content().group.partners],
    )
    campaign = make_campaign(
        story=_marked_story(),
        group_id=group.id,
        receiver=_mark("Circle"),
        purpose=_mark("lessons"),
        receiver_checked_by=_mark("the treasurer"),
        receiver_lists=_mark("UN, EU"),
    )
    event = make_event(
        campaign,
        title=_mark("Café"),
        summary=_mark("Talk."),
        place=_mark("Rivermouth"),
        exact_place=_mark("Library"),
        what_to_bring=_mark("Nothing."),
    )
    for vetted in (True, False):
        make_shift(event, role=_mark("Partner"), vetted=vetted, vetting_note=_mark("A talk first."))
    told = {
        "receiver": _mark("Circle"),
        "purpose": _mark("lessons"),
        "receiver_checked_by": _mark("the treasurer"),
    }
    for one in demo_content().campaigns:
        make_campaign(slug=one.slug, story=_marked(one.story), group_id=group.id, **told)
    return campaign.slug


def _marked_story() -> Story:
    plain = make_story(
        content_note="A note.",
        claims=[
            {
                "id": "told", "says": "It was told.", "as_written": "told", "said_by": "somebody", "year": None,
                "section": "Part", "last_checked": "2026-11-20", "contradicted_by": "another",
            }
        ],
        reading=[{"title": "Text", "publisher": "House", "dated": "late", "url": "https://a.example", "note": "Note"}],
        organizations=[{"name": "Body", "aliases": ["Bodies"], "url": "https://b.example", "does": "Helps."}],
        blocks=[
            {"kind": "note"},
            {"kind": "html", "html": "<p>Once it was told.</p>"},
            {"kind": "figure", "name": "hidden"},
            {"kind": "claim", "name": "told"},
            {"kind": "drawing", "name": "lights"},
        ],
    )  # fmt: skip
    return _marked(plain)


def _marked(story: Story) -> Story:
    return Story.model_validate(_mark_words(story.model_dump(mode="json")))


NAMES = {"id", "kind", "url", "drawing", "opening_figure", "last_checked", "of", "share"}
NAMES |= {"country", "agreed_on", "checked_on", "lists", "campaigns"}


def _mark_words(part: Any, key: str = "") -> Any:
    """Mark every text of a document that is no name of something."""
    if isinstance(part, dict):
        block = "kind" in part
        return {
            name: text if block and name == "name" else _mark_words(text, name) for name, text in part.items()
        }
    if isinstance(part, list):
        return [_mark_words(one, key) for one in part]
    return _mark(part) if isinstance(part, str) and part and key not in NAMES else part


def _mark(text: str) -> str:
    return f"{OPENING}{text}{CLOSING}"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All messages of the portal, as pybabel finds them."""
    file = tmp_path_factory.mktemp("messages") / "messages.pot"
    words = [str(PYBABEL), "-q", "extract", "-F", "babel.cfg", "-k", "lazy_gettext", "-o", str(file), "."]
    subprocess.run(words, cwd=ROOT, check=True)
    with file.open("rb") as source:
        return read_po(source)


@pytest.fixture(scope="module")
def marking_language(catalogue: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of translations in which English is itself, in marks."""
    marked = Catalog(locale="en")
    for message in catalogue:
        if message.id:
            singular = isinstance(message.id, str)
            said = _mark(message.id) if singular else tuple(_mark(one) for one in message.id)
            marked.add(message.id, said, context=message.context)
    folder = tmp_path_factory.mktemp("marking")
    (folder / "en" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "en" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, marked)
    return folder


@pytest.fixture(autouse=True)
def _languages_loaded_anew() -> Iterator[None]:
    """Flask-Babel keeps what it loaded for the whole process, whichever app asked first."""
    vars(babel).pop("domain_instance", None)
    yield
    vars(babel).pop("domain_instance", None)
