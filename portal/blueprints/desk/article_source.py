"""An article as the desk shows it beside its draft, with the sentences marked that something came from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal.domain.campaigns.article.found import Article

# More of a text is not shown beside its draft; what was found in it is shown with its sentences all the same.
MOST_SHOWN = 200_000


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph; `mark` is the id of a sentence that something came from."""

    text: str
    mark: str = ""


@dataclass
class Source:
    """The article to be shown: by section its heading and paragraphs; `marks` has the id of each marked sentence."""

    sections: list[tuple[str, list[list[Piece]]]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False


def source_of(article: Article) -> Source:
    """Give an article with the sentences marked of its figures, quotations and contradictions."""
    source, shown = Source(), 0
    sentences = list(dict.fromkeys(_sentences(article)))
    for section in article.sections:
        told = []
        for paragraph in section.paragraphs:
            shown += len(paragraph)
            if shown > MOST_SHOWN:
                source.is_cut = True
                break
            told.append(list(_pieces(paragraph, sentences, source.marks)))
        source.sections.append((section.heading, told))
    return source


def _sentences(article: Article) -> Iterator[str]:
    yield from (one.sentence for one in article.figures)
    yield from (sentence for one in article.contradictions for sentence in one.sentences)
    yield from (one.text for one in article.quotations)


def _pieces(paragraph: str, sentences: Iterable[str], marks: dict[str, str]) -> Iterator[Piece]:
    """Give a paragraph in pieces; a sentence within another that is marked has that one's mark."""
    found = [(paragraph.find(one), one) for one in sentences if one and one not in marks]
    end, mark = 0, ""
    for start, sentence in sorted(
        (one for one in found if one[0] >= 0), key=lambda one: (one[0], -len(one[1]))
    ):
        if start < end:
            marks[sentence] = mark
            continue
        if start > end:
            yield Piece(paragraph[end:start])
        mark, end = f"told-{len(marks)}", start + len(sentence)
        marks[sentence] = mark
        yield Piece(sentence, mark)
    if end < len(paragraph):
        yield Piece(paragraph[end:])
