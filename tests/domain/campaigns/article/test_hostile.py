"""Files that were made to hurt: nothing in them runs or is fetched, and each is read or refused within bounds."""

import json
import subprocess
import sys
from typing import Any

import pytest

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.files.tags import rewritten
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.errors import ArticleTooLarge, ArticleTooLong, ArticleUnreadable
from tests.factories.hostile_articles import HOSTILE, WORDS, bare_word_file
from tests.foundation.requirements import ROOT

MOST_SECONDS = 5
MOST_MEGABYTES = 300
# One process reads them all: its peak is that of the worst, and what a file would start, the hook hears of.
READ_ALL = """
import json, os, resource, sys, time

from portal.domain.campaigns.article.finding import find_in
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.errors import ArticleRefused
from tests.factories.hostile_articles import HOSTILE
from tests.foundation.peaks import peak_megabytes

resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
read_document(b"<html><p>What is imported late is imported now.", "")
heard = []
STARTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.spawn", "urllib.", "ctypes.dlopen")
sys.addaudithook(
    lambda name, given: heard.append(f"{name} {given}")
    if name.startswith(STARTS) or (name == "open" and str(given[0]).startswith(("/etc", "http"))) else None
)
for name, make in HOSTILE.items():
    data, begun = make(), time.process_time()
    try:
        document = read_document(data, name)
        ended = len(document.pieces)
        find_in(document)
    except ArticleRefused as refused:
        ended = type(refused).__name__
    except BaseException as error:
        ended = repr(error)[:200]
    spent, heard_now = time.process_time() - begun, list(heard)
    heard.clear()
    print(json.dumps({"name": name, "seconds": spent, "ended": ended, "heard": heard_now}), flush=True)
    del data
print(json.dumps({"megabytes": peak_megabytes()}), flush=True)
"""


def test_every_hostile_file_is_read_or_refused_within_five_seconds_and_starts_nothing(
    results: dict[str, dict[str, Any]],
) -> None:
    assert set(results) == set(HOSTILE)
    for name, result in results.items():
        assert result["seconds"] < MOST_SECONDS, name
        assert result["heard"] == [], name
        assert isinstance(result["ended"], int) or result["ended"].startswith("Article"), (name, result)


def test_all_of_them_together_take_less_than_300_megabytes(megabytes: float) -> None:
    assert 30 < megabytes < MOST_MEGABYTES


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("twenty megabytes", ArticleTooLarge),
        ("a line of a million characters", ArticleTooLong),
        ("ten thousand nested parts", ArticleUnreadable),
        ("ten thousand nested tables", ArticleUnreadable),
        ("an export with entities", ArticleUnreadable),
        ("an export that asks for a file", ArticleUnreadable),
        ("a .docx with entities", ArticleUnreadable),
        ("a .docx that asks for a file", ArticleUnreadable),
        ("a .docx that unpacks to twenty megabytes", ArticleTooLarge),
        ("a .docx that unpacks to more than it says", ArticleUnreadable),
        ("a .docx of large parts beside the text", ArticleTooLarge),
        ("a .docx of very many parts", ArticleUnreadable),
        ("half a .docx", ArticleUnreadable),
    ],
)
def test_a_bomb_is_refused_by_its_name(
    results: dict[str, dict[str, Any]], name: str, refusal: type[Exception]
) -> None:
    assert results[name]["ended"] == refusal.__name__


def test_nothing_of_a_program_is_in_the_article_or_among_its_links() -> None:
    document = read_document(PAGE.encode(), "page.html")

    whole = everything(document)
    for word in ("alert", "javascript:", "data:", "onerror", "evil", "@import", "vbscript", "<", "steal"):
        assert word not in whole
    assert [link.url for piece in document.pieces for link in piece.links] == ["https://good.example/"]


def test_only_known_attributes_and_no_programs_reach_the_parser() -> None:
    page = "<script>a('<p>')</script ><P onclick='x' class=\"b\" CLASS=c x=\">\">1 < 2<!-- <b> --><svg><p>d</svg>"

    assert rewritten(page) == '<p class="b">1 &lt; 2'


def test_a_link_of_a_word_file_to_a_program_is_none() -> None:
    command = "<w:instrText>HYPERLINK &quot;javascript:alert(1)&quot;</w:instrText>"
    parts = (_mark("begin"), command, _mark("separate"), "<w:t>A linked word</w:t>", _mark("end"))
    document = read_document(
        bare_word_file(f"<w:p>{''.join(f'<w:r>{part}</w:r>' for part in parts)}</w:p>"), ""
    )

    assert everything(document) == "A linked word"


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


PAGE = f"""<!doctype html><html onload="alert(1)"><head><title>Title</title><style>@import url(evil)</style>
<base href="javascript:alert(1)//"><meta name="author" content="<img src=x onerror=alert(1)>">
<link rel="canonical" href="javascript:alert(1)"></head><body><h1 onclick="steal()">Title</h1>
<script>alert("steal")</script ><svg><script>alert(1)</script></svg>
<p>{WORDS}<a href="https://good.example/" onmouseover="alert(1)">good</a> <a href="JaVaScRiPt:alert(1)">bad</a>
<a href="java&#10;script:alert(1)">bad</a> <a href="data:text/html;base64,PHNjcmlwdD4=">bad</a>
<a href="vbscript:msgbox">bad</a> <a href="/relative">bad</a> <a href="https://user:pw@evil.example/">bad</a></p>
<p title="><script>alert(1)</script>">{WORDS}</p><iframe srcdoc="<script>alert(1)</script>">evil</iframe>
<object data="evil"></object><template><p>evil</p></template><noscript><p>evil</p></noscript>
<img src=x onerror=alert(1)><p style="background:url(javascript:alert(1))">{WORDS}</p></body></html>"""


def everything(document: Document) -> str:
    told = [document.title, document.author, document.published, document.licence, document.title_found_in]
    told += [text for piece in document.pieces for text in (piece.text, *(link.url for link in piece.links))]
    return "\n".join(text for text in (*told, *(left.text for left in document.left_out)) if text)


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def results(lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {line["name"]: line for line in lines if "name" in line}


@pytest.fixture(scope="module")
def megabytes(lines: list[dict[str, Any]]) -> float:
    return float(lines[-1]["megabytes"])
