"""Whatever a file holds, finding gives an article: nothing raises, and nothing is found that is not there."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.campaigns.article.document import Document, Link, Piece, PieceKind
from portal.domain.campaigns.article.finding import find_in

# What rules look for, in every order and beside everything else.
_WORDS = (
    "The U.N. says that 10.5 million between 3 and 200,000 people , . ; : “ ” \" ' ( ) [ ] - – —"
    " half a third of one in three"
    " per cent % $ € 12 2018 In May 5 June page said according to Ana Example director a study by the"
    " Harbour Office found ! ? …"
    " 유엔은 187만 명이 3분의 1 절반 5만~20만 원 열두 곳 “문이 라고 교수는 말했다. 에 따르면 2018년 (WFP)"
    " 「 」 https://example.org/a?b=1"
    " ١٢ ½ ² 1,2,3.4.5 00000000000000000000 million million U.S.A. Written by Board Member, ‘ ’ « » \x00 \u200b Ⅳ ㎏"
).split(" ")
_TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=40).map("".join),
)
_LINKS = st.builds(Link, _TEXTS, st.sampled_from(["https://example.org/2017.pdf", "http://example.org/%zz"]))
_PIECES = st.builds(
    Piece,
    st.sampled_from(PieceKind),
    st.one_of(_TEXTS, st.sampled_from(["Further reading", "더 읽을거리", ""])),
    st.lists(_LINKS, max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    pieces=st.lists(_PIECES, max_size=12).map(tuple),
    language=st.sampled_from(["en", "ko"]),
    title=st.none() | _TEXTS,
    author=st.none() | st.sampled_from(["Ana Example", "김누리", "X", " "]) | _TEXTS,
    published=st.sampled_from([None, "2018-06-05", "2018-06"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_document_gives_an_article_whose_figures_stand_in_its_text(document: Document) -> None:
    check_found_in(document)


def check_found_in(document: Document) -> None:
    """Find, and hold that each figure, quotation and interest stands in the document's text."""
    article = find_in(document)
    texts = [piece.text for piece in document.pieces]

    for figure in article.figures:
        assert figure.text in figure.sentence
        assert any(figure.sentence in text for text in texts)
        assert (figure.value is None) == (figure.low is not None) == (figure.high is not None)
    for quotation in article.quotations:
        assert any(quotation.text in text for text in texts)
    for interest in article.interests:
        assert any(interest in text for text in texts)
    assert article.model_dump_json()
