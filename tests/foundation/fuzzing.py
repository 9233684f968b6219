"""Files as nobody writes them: bytes, and pages, Markdown and .docx put together from parts that mean something."""

from hypothesis import strategies as st

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.errors import ArticleRefused
from tests.factories.hostile_articles import WORDS, bare_word_file

_TAGS = (
    "p div h1 h2 h6 ul li blockquote cite a b table tr td title script style sup figure figcaption nav footer"
    " main article"
    " svg template form button time span br img title meta link base html body head select textarea pre x-y"
).split()
_ATTRIBUTES = """class="menu share"; id=comments; href='javascript:x'; href="https://a.example/"; href="//"; href=http://[
style="display:none"; content="By Ana Example"; name=author; property="og:title"; datetime=2018-13-45; hidden
rel="author license"; class="; '; "; =; /; <; itemprop="author"; role="navigation"; class="entry-title"
""".replace("\n", "; ").split("; ")
_LINES = (
    """# ;## ;> ;- ;1. ;---;===;```;|a|b|;|-|-|;[a](https://a.example/);![x](y);<b>;title: x;date: 2018-06-05
author: [a, b];by: {name: x};*a: &a;One thought on “A “b”;Leave a Reply;Related posts;Additional reading;By Ana Example
5 June 2018;관련 기사;댓글 3개;2018년 13월;Home | About | Give;Click here to give.;https://a.example/);http://[::1;“;”
""".replace("\n", ";").split(";")
    + ["&#0;", "&#xd800;", "&amp;", "&#x202e;", "\\", "\x00", "\ud7ff", "\u2028"]
)
_ANY = st.text(max_size=20)
TAG = st.builds(
    lambda end, name, attributes: f"<{end}{name} {' '.join(attributes)}>",
    st.sampled_from(["", "", "/"]),
    st.sampled_from(_TAGS),
    st.lists(st.sampled_from(_ATTRIBUTES), max_size=3),
)
PAGES = st.lists(st.one_of(TAG, TAG, st.just(WORDS), st.sampled_from(_LINES), _ANY), max_size=40).map(
    lambda parts: "<!doctype html>" + "".join(parts)
)
TEXTS = st.lists(st.one_of(st.sampled_from(_LINES), st.just(WORDS), _ANY), max_size=30).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", " "]).map(lambda between: between.join(parts))
)
BODIES = st.lists(
    st.sampled_from(
        [f"<w:{end}{name}>" for name in ("p", "r", "t", "tbl", "tr", "tc", "hyperlink") for end in ("", "/")]
        + [
            "<w:p><w:r><w:t>Words of it</w:t></w:r></w:p>",
            "<w:br/>",
            "&lt;",
            "&x;",
            "]]>",
            '<w:pStyle w:val="Title"/>',
        ]
    ),
    max_size=25,
).map("".join)
_EXPORTED = ["<item>", "<encoded>", "</encoded>", "</item>", WORDS, "<![CDATA["]
EXPORTS = st.lists(st.one_of(TAG, st.sampled_from(_EXPORTED)), max_size=30)
FILES = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=60).map(lambda data: b"PK\x03\x04" + data),
    PAGES.map(str.encode),
    st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        TEXTS,
        st.sampled_from(["utf-8", "utf-16", "cp949", "cp1252"]),
    ),
    TEXTS.map(lambda text: f"---\n{text}\n---\n{WORDS}".encode()),
    BODIES.map(bare_word_file),
    st.tuples(BODIES.map(bare_word_file), st.integers(0, 900), st.binary(max_size=4)).map(
        lambda given: given[0][: given[1]] + given[2] + given[0][given[1] + len(given[2]) :]
    ),
    EXPORTS.map(lambda parts: f"<rss><channel><item><encoded>{WORDS}{''.join(parts)}".encode()),
)
NAMES = st.sampled_from(["", "a.md", "a.html", "a.docx", "a.txt", "\x00", "../a"])


def read_or_refused(data: bytes, name: str) -> Document | None:
    """Read a file as an article; None when it is refused by name. All else that is raised is a bug."""
    try:
        document = read_document(data, name)
    except ArticleRefused:
        return None
    assert document.pieces
    assert document.language in ("en", "ko")
    for piece in document.pieces:
        assert piece.text.strip() == piece.text != ""
        assert "\n" not in piece.text
        assert all(link.text and link.url.lower().startswith(("http://", "https://")) for link in piece.links)
    assert (document.title is None) == (document.title_found_in is None)
    assert all(left.text and left.reason for left in document.left_out)
    str(document).encode()
    return document
