"""Above and below a Korean article: its title, who wrote it and when, as papers and houses write it."""

import pytest

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.files.bylines import licence_in
from portal.domain.campaigns.article.reading import read_document
from portal.domain.campaigns.article.reading_lists import is_reading_heading

BODY = (
    "마을 위의 샘은 사백 명에게 물을 주었으나 사월에 산비탈이 무너졌다. 그 뒤로 트럭이 일주일에 두 번 온다."
    " 마을에서는 아침마다 줄을 선다.\n\n"
) * 3


@pytest.mark.parametrize(
    "line",
    [
        "송고시간 2018-06-05 11:42",
        "2018/06/05 11:42 송고",
        "기사입력 2018.06.05. 오전 9:00 최종수정 2018.06.07. 오후 3:10",
        "배포일: 2018. 6. 5.(화)",
        "등록 : 2018-06-05 09:00",
        "2018년 6월 5일 18시 기준",
        "들국 | 김하나 기자 · 승인 2018.06.05 18:20 · 수정 2018.06.06 09:05 · 댓글 0",
        "김하나 기자 입력 2018-06-05 05:30 수정 2018-06-08 14:17",
    ],
)
def test_the_day_stands_beside_the_words_of_papers(line: str) -> None:
    assert read(f"마을의 샘이 마르다\n\n{line}\n\n{BODY}").published == "2018-06-05"


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (f"마을의 샘이 마르다\n\n(들국=누리통신) 김하나 기자 = {BODY}", "김하나"),
        (f"마을의 샘이 마르다\n\n[들국=누리] 김하나 특파원= {BODY}", "김하나"),
        (f"마을의 샘이 마르다\n\n김하나\n\n{BODY}", "김하나"),
        (f"마을의 샘이 마르다\n\n남궁하나 들국모임 ‘샘’ 활동가\n\n{BODY}", "남궁하나"),
        (f"마을의 샘이 마르다\n\n전염병\n\n{BODY}", None),
        (f"마을의 샘이 마르다\n\n마을의 겨울\n\n{BODY}", None),
        (f"마을의 샘이 마르다\n\n{BODY}김하나\n\n{BODY}", None),
    ],
)
def test_who_wrote_it_stands_at_the_head_of_the_news_or_under_the_title(
    text: str, author: str | None
) -> None:
    document = read(text)

    assert (document.title, document.author) == ("마을의 샘이 마르다", author)


def test_the_name_under_the_title_is_no_part_of_the_text() -> None:
    assert "김하나" not in " ".join(
        piece.text for piece in read(f"마을의 샘이 마르다\n\n김하나\n\n{BODY}").pieces
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[기고] 마을의 샘이 마르다", "[기고] 마을의 샘이 마르다"),
        ("보도자료\n\n배포 즉시 보도 바랍니다.\n\n제목: 마을의 샘이 “마르다”", "마을의 샘이 “마르다”"),
        ("마을의 샘 상황 보고 제4호", "마을의 샘 상황 보고 제4호"),
        ("[그림] 마을의 샘이 말랐다.", None),
    ],
)
def test_a_title_may_have_its_column_or_its_label_in_front(line: str, title: str | None) -> None:
    document = read(f"{line}\n\n{BODY}")

    assert (document.title, any("제목" in piece.text for piece in document.pieces)) == (title, False)


@pytest.mark.parametrize("heading", ["함께 읽으면 좋은 자료", "함께 읽으면 좋은 책", "함께 읽을 책"])
def test_what_to_read_stands_under_such_a_heading(heading: str) -> None:
    assert is_reading_heading(heading)


def test_a_licence_has_its_short_form_where_that_is_told() -> None:
    assert licence_in("크리에이티브 커먼즈 저작자표시 4.0(CC BY 4.0)에 따라 쓸 수 있다.") == "CC BY 4.0"
    assert licence_in("크리에이티브 커먼즈 저작자표시 4.0에 따른다.").startswith(
        "크리에이티브 커먼즈 저작자표시 4.0"
    )


def test_that_a_paper_may_think_otherwise_is_no_part_of_the_text() -> None:
    document = read(f"마을의 샘이 마르다\n\n{BODY}※ 외부 필자의 글은 본지의 편집 방향과 다를 수 있습니다.")

    assert "본지" not in " ".join(piece.text for piece in document.pieces)


def read(text: str) -> Document:
    return read_document(text.encode(), "pasted.txt")
