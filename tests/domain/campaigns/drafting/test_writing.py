"""A draft is put together of what was taken, each part with its source, and nothing that nobody decided."""

from datetime import date
from typing import Any

import pytest

from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.decisions import Decisions, first_decisions
from portal.domain.campaigns.drafting.settling import open_contradictions
from portal.domain.campaigns.drafting.taken import LONGEST_FRAGMENT, ArticleWords, count_words, start_of
from portal.domain.campaigns.drafting.writing import Draft, draft_of, text_of_draft
from portal.domain.campaigns.errors import Problem
from portal.domain.campaigns.starting import Start, read_text
from portal.domain.campaigns.story import Story
from portal.money import Money
from tests.factories.drafting import DOGS, FERRIES, OPENING, WORDS, make_article, make_hangul_article

TODAY = date(2026, 11, 23)
START = Start("The morning ferry", "Ferry tickets", Money(100_000, "EUR"), "Test Circle")
SETTLED = {"settled": ("May 2020",), "compared_on": TODAY.isoformat()}


def test_figures_keep_what_was_found_of_them_and_the_day_on_which_they_were_compared() -> None:
    ferries, dogs = story_of(**SETTLED).key_figures
    assert (ferries.as_written, ferries.shown) == ("between 1,200 and 1,500",) * 2
    assert (ferries.low, ferries.high, ferries.year) == (1200, 1500, 2021)
    assert (ferries.said_by, ferries.section, ferries.last_checked) == (
        "the harbour office",
        "By ferry",
        TODAY,
    )
    # Nobody has decided yet who said it, and that is not the same as nobody.
    assert (dogs.said_by, dogs.year, dogs.low) == ("", None, None)


@pytest.mark.parametrize(
    ("unit", "counts", "offered"),
    [
        ("people", "people who cross by ferry", "people who cross by ferry"),
        ("people", "people who cross by ferry on a working day of spring", "people"),
        ("share", "of the people who cross by ferry on a working day of spring", ""),
        ("EUR", "for the people who cross by ferry on a working day of spring", ""),
    ],
)
def test_no_more_of_what_a_figure_counts_is_offered_than_a_draft_may_quote(
    unit: str, counts: str, offered: str
) -> None:
    figure = make_article().figures[0].model_copy(update={"unit": unit, "counts": counts})
    decisions = first_decisions(make_article(figures=[figure]), WORDS, "EUR")
    assert decisions.figures[0].counts == offered


@pytest.mark.parametrize("words", [11, 12, 17])
def test_no_more_of_a_quotation_or_a_figure_s_words_is_offered_than_a_draft_may_quote(words: int) -> None:
    said, fragment = " ".join(["so"] * words), " ".join(["so"] * 11)
    article = make_article()
    long = {
        "quotations": [article.quotations[0].model_copy(update={"text": said})],
        "figures": [article.figures[0].model_copy(update={"text": said})],
    }
    decided = first_decisions(make_article(**long), WORDS, "EUR")
    offered = said if words == 11 else f"{fragment} …"
    assert [one.as_written for one in (*decided.claims, *decided.figures)] == [offered] * 2


def test_who_said_a_figure_is_a_name_or_decidedly_nobody_and_the_day_is_that_of_the_box() -> None:
    told = [{"no_source": True}, {"said_by": "A study"}, {"said_by": "A study", "no_source": True}, {}]
    said = [changed("figures", 1, **one).said_by for one in told]
    assert said == [None, "A study", "A study", ""]
    assert story_of(compared_on="2026-11-22").key_figures[0].last_checked is None


def test_what_is_left_stays_out() -> None:
    none = {"take": False}
    decided = first_decisions(make_article(), WORDS, "EUR")
    rows = {
        name: tuple(one.model_copy(update=none) for one in getattr(decided, name))
        for name in ("figures", "organizations", "readings", "claims")
    }
    story = story_of(**rows)
    assert (story.key_figures, story.organizations, story.reading, story.claims) == ((), (), (), ())
    assert story.blocks == ()


def test_the_story_has_our_words_and_the_places_of_its_figures_and_no_sentence_of_the_article() -> None:
    story = story_of(**retold("People *cross* in the morning."))
    assert [(block.kind, block.name or block.html) for block in story.blocks] == [
        ("html", '<h2 id="h-by-ferry">By ferry</h2>\n<p>People <em>cross</em> in the morning.</p>'),
        ("figure", "nearly-half-of-them-take"),
    ]
    assert story.opening_figure == "between-1-200-and-1"
    assert all(sentence not in html_of(story) for sentence in (OPENING, FERRIES, DOGS))


def test_the_first_figure_that_is_taken_stands_at_the_top_and_nowhere_else() -> None:
    left = first_decisions(make_article(), WORDS, "EUR").figures[0].model_copy(update={"take": False})
    story = story_of(figures=(left, first_decisions(make_article(), WORDS, "EUR").figures[1]))
    assert (story.opening_figure, story.blocks) == ("nearly-half-of-them-take", ())
    assert story_of(figures=()).opening_figure is None


def test_the_article_s_own_words_stand_there_only_where_a_licence_allows_it_and_as_words() -> None:
    starred = make_article(
        sections=[{"heading": "", "paragraphs": ["1. *All* of it <b>stays</b> [here](x)."]}]
    )
    licensed = {"whose_words": "theirs", "credit_licence": "CC BY 4.0"}
    story = story_of(starred, **licensed)
    assert "<p>1. *All* of it &lt;b&gt;stays&lt;/b&gt; [here](x).</p>" in html_of(story)
    assert story.credit is not None
    assert story.credit.licence == "CC BY 4.0"
    ours = story_of(starred, credit_licence="CC BY 4.0")
    assert "stays" not in html_of(ours)
    assert ours.credit is not None
    assert ours.credit.licence is None


def test_a_quotation_is_told_in_our_words_with_its_speaker_in_the_part_that_it_stands_in() -> None:
    claim = changed("claims", 0, take=True, says="Hardly anybody knows the ferry.")
    assert (claim.says, claim.said_by) == ("Hardly anybody knows the ferry.", "Mina Oh, head of the ferry")
    assert (claim.as_written, claim.section) == ("Too few people know of us", "the opening")


def test_the_credit_names_the_author_with_what_they_declare_and_when() -> None:
    credit = story_of().credit
    assert credit is not None
    assert (credit.article, credit.author, credit.office) == ("The morning ferry", "Ada Writer", "skipper")
    assert (credit.interest, credit.dated) == ("who declares: “She owns a share of the ferry”", "2021-06")
    undated = story_of(make_article(published="undated"))
    assert undated.credit is not None
    assert (undated.credit.dated, undated.situation) == ("undated", None)
    assert story_of().situation == "Situation as described in 2021"


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ((), None),
        (("Ada also sits on a board.",), "who declares: “also sits on a board”"),
        (("Ada Writer owns it.", "She sails it!"), "who declares: “owns it”, “She sails it!”"),
        (("It is " + "very " * 10 + "old.",), f"who declares: “It is {'very ' * 8}very …”"),
        (("Ada.",), None),
    ],
)
def test_what_the_author_declares_is_told_as_theirs_in_a_fragment_of_each_sentence(
    declared: tuple[str, ...], told: str | None
) -> None:
    credit = story_of(make_article(interests=declared)).credit
    assert credit is not None
    assert credit.interest == told


def test_the_chosen_way_is_told_and_the_other_stands_beside_it() -> None:
    (reading,) = story_of(settled=("May 2021",)).reading
    assert (reading.dated, reading.note) == ("May 2021", "The article also says May 2020.")
    (reading,) = story_of(settled=("May 2020",)).reading
    assert (reading.dated, reading.note) == ("May 2020", "The article also says May 2021.")
    claim = changed("claims", 0, take=True, says="Few know.", settled=("May 2020",))
    assert claim.contradicted_by == "the article itself, which also says May 2021"


def test_an_organization_has_the_name_that_was_chosen_and_the_other_beside_it() -> None:
    ways = ["Ferry Friends", "Friends of the Ferry"]
    article = make_article(contradictions=[{"about": "its name", "says": ways, "sentences": ways}])
    friends = (
        first_decisions(article, WORDS, "EUR").organizations[0].model_copy(update={"take": True, "does": "x"})
    )
    for chosen, other in (ways, ways[::-1]):
        (one,) = story_of(article, settled=(chosen,), organizations=(friends,)).organizations
        assert (one.name, one.aliases, one.does) == (chosen, (other,), "x")


def test_a_figure_that_was_not_chosen_stays_out_and_the_other_says_so() -> None:
    both = "Some say nearly half of them take a dog along, others say one in three."
    found = make_article().figures[1].model_dump() | {"sentence": both}
    figures = [found | {"text": "nearly half"}, found | {"text": "one in three"}]
    article = make_article(
        sections=[{"heading": "By ferry", "paragraphs": [both]}],
        figures=figures,
        contradictions=[{"about": "dogs", "says": ["nearly half", "one in three"], "sentences": [both]}],
    )
    (dogs,) = story_of(article, settled=("one in three",)).key_figures
    assert (dogs.shown, dogs.contradicted_by) == (
        "one in three",
        "the article itself, which also says nearly half",
    )


@pytest.mark.parametrize(("chosen", "still_open"), [("", [0]), ("May 1999", [0]), ("May 2021", [])])
def test_only_what_the_article_says_settles_it(chosen: str, still_open: list[int]) -> None:
    decided = first_decisions(make_article(), WORDS, "EUR").model_copy(update={"settled": (chosen,)})
    assert list(open_contradictions(make_article(), decided)) == still_open


def test_a_check_of_the_receiver_is_that_of_the_box_and_of_today() -> None:
    def check(**decided: Any) -> Any:
        return read_text(text_of(**decided), "EUR").settings.receiver.check

    looked_up = check(looked_up_on=TODAY.isoformat(), checked_by="the treasurer")
    assert (looked_up.checked_on, looked_up.checked_by) == (TODAY, "the treasurer")
    assert looked_up.lists == ("UN", "EU", "UK", "US")
    assert check() is None
    assert check(looked_up_on="2026-11-22") is None


def test_names_and_words_in_hangul_stay_as_they_are() -> None:
    (figure,) = story_of(make_hangul_article()).key_figures
    assert (figure.shown, figure.said_by, figure.counts) == ("187만", "항만청", "배를 타는 사람")
    assert figure.id == "187man-baereul-taneun-saram"


@pytest.mark.parametrize(
    ("where", "entry"),
    [
        (("key_figures", 0, "counts"), "figures-1-counts"),
        (("key_figures", 0), "figures-1-shown"),
        (("reading", 0, "url"), "readings-0-url"),
        (("credit", "author"), "credit_author"),
        (("receiver", "country"), "country"),
        (("title",), "title"),
        ((), ""),
    ],
)
def test_a_problem_of_the_text_is_told_where_it_was_decided(where: tuple[Any, ...], entry: str) -> None:
    decided = first_decisions(make_article(), WORDS, "EUR")
    left = decided.figures[0].model_copy(update={"take": False})
    draft = drafted(make_article(), figures=(left, decided.figures[1]))
    assert draft.entry_of(Problem("text", 1, "", where)) == entry


def test_a_row_of_the_article_s_words_is_found_among_ours_and_a_fragment_is_not() -> None:
    words = ArticleWords.read([FERRIES])
    twelve = "THE Harbour office counts “between 1,200 and 1,500” people — who cross, by"
    assert words.taken_in(f"So: {twelve} boat.") == twelve.removesuffix(",")
    assert words.taken_in(twelve.replace("people", "folk")) == ""
    assert words.taken_in(" ".join(FERRIES.split()[:9])) == ""
    assert words.taken_in("") == ""


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("They don't know whether the guide's word holds when the river doesn't freeze here.", "’"),
        ("They don’t know whether the guide’s word holds when the river doesn’t freeze here.", "'"),
        ("They don’t know whether the guide’s word holds when the river doesn’t freeze here.", ""),
    ],
)
def test_another_apostrophe_or_none_hides_no_row(theirs: str, ours: str) -> None:
    told = theirs.replace("'", ours).replace("’", ours)
    assert ArticleWords.read([theirs]).taken_in(told).startswith("They don")


def test_another_hyphen_or_an_accent_hides_no_row() -> None:
    theirs = "A well-known and half-built café by the river took in all of them that night."
    words = ArticleWords.read([theirs])
    for told in (theirs.replace("-", "‑"), theirs.replace("-", "–"), theirs.replace("é", "e\u0301")):
        assert words.taken_in(told)
    assert "café" in words.taken_in(theirs)


@pytest.mark.parametrize(
    "theirs",
    [
        "河边的办公室每年春天都会数一数有多少人在太阳升起之前乘船过河去城里。",
        "港の事務所は毎年春に日の出の前に船で川を渡る人の数を数えている。",
        "아이들은 해가 뜨기 전에 배를 타고 강을 건너 먼 학교까지 매일 걸어서 다닌다고 한다.",
    ],
)
def test_a_row_is_known_in_a_script_without_spaces_and_in_hangul(theirs: str) -> None:
    words = ArticleWords.read([theirs])

    assert words.taken_in(f"我们说：{theirs}")
    assert words.taken_in(theirs[2:])
    assert words.taken_in(theirs[:11]) == ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "河边的办公室每年春天都会数一数有多少人在太阳升起之前",
            "河边的办公室每年春天都会数一数有多少人在太阳",
        ),
        (
            "One two three four five six seven eight nine ten “eleven,” twelve",
            "One two three four five six seven eight nine ten “eleven,”",
        ),
        ("Only this.", "Only this."),
    ],
)
def test_a_fragment_is_cut_after_a_word_in_any_script(text: str, start: str) -> None:
    assert start_of(text) == start
    assert count_words(start) <= LONGEST_FRAGMENT


def test_two_signs_without_spaces_count_as_one_word() -> None:
    assert [count_words(text) for text in ("河边的办公室", "two words", "a 河边 b", "well-known")] == [
        3,
        2,
        3,
        1,
    ]


def text_of(article: Article | None = None, **decided: Any) -> str:
    """Give the text of a draft after these decisions."""
    return text_of_draft(drafted(article or make_article(), **decided), START)


def drafted(article: Article, **decided: Any) -> Draft:
    decisions = first_decisions(article, WORDS, "EUR").model_copy(update=decided)
    return draft_of(article, decisions, WORDS, TODAY)


def story_of(article: Article | None = None, **decided: Any) -> Story:
    """Give the story that a draft tells after these decisions."""
    return read_text(text_of(article, **decided), "EUR").story


def changed(rows: str, place: int, settled: tuple[str, ...] = ("",), **entries: Any) -> Any:
    """Give the part of the story that a changed row makes."""
    decisions: Decisions = first_decisions(make_article(), WORDS, "EUR")
    made = list(getattr(decisions, rows))
    made[place] = made[place].model_copy(update=entries)
    story = story_of(**{rows: tuple(made)}, settled=settled)
    return (story.key_figures if rows == "figures" else story.claims)[place]


def retold(words: str) -> dict[str, Any]:
    first, second = first_decisions(make_article(), WORDS, "EUR").sections
    return {"sections": (first, second.model_copy(update={"words": words}))}


def html_of(story: Story) -> str:
    return " ".join(block.html for block in story.blocks)
