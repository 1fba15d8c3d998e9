"""The page of GB/T 9704-2012, measured on the paper itself."""

import pytest

from common.documents.papers import Section
from tests.common.documents import papers_of_the_demo as papers
from tests.common.documents.reading import Line, lines, pages

RARE = "㛃喆垚祎翀堃頔旻昇龑囧𬭎𬬭"


@pytest.fixture(scope="module")
def long_minutes() -> bytes:
    return papers.minutes(Section("一、满页", ("国" * 28 * 70,))).to_pdf()


def body(pdf: bytes, page: int) -> list[Line]:
    """The lines within the 版心 (the page number stands below it)."""
    return [line for line in lines(pdf, page) if line.bottom < 297 - 35 + 1]


def test_a_page_holds_22_lines(long_minutes: bytes) -> None:
    assert len(body(long_minutes, 2)) == 22


def test_a_line_holds_28_characters(long_minutes: bytes) -> None:
    assert {len(line.text) for line in body(long_minutes, 2)} == {28}


def test_lines_fill_the_frame_from_28_to_184_millimetres(long_minutes: bytes) -> None:
    for line in body(long_minutes, 2):
        assert line.left == pytest.approx(28, abs=0.6)
        assert line.right == pytest.approx(184, abs=0.6)


def test_the_text_begins_37_millimetres_from_the_top(long_minutes: bytes) -> None:
    first = body(long_minutes, 2)[0]
    # The line is 10.22 mm high, its characters 5.56 mm: they begin 2.33 mm lower.
    assert (first.top + first.bottom) / 2 == pytest.approx(37 + 10.22 / 2, abs=1)


def test_page_numbers_stand_outside_and_one_character_in(long_minutes: bytes) -> None:
    odd, even = lines(long_minutes, 3)[-1], lines(long_minutes, 2)[-1]
    assert (odd.text, even.text) == ("—3—", "—2—")
    assert odd.right == pytest.approx(184 - 14 * 25.4 / 72, abs=1)
    assert even.left == pytest.approx(28 + 14 * 25.4 / 72, abs=1)
    assert odd.top == pytest.approx(262 + 7, abs=1.5)


def test_the_mark_stands_35_millimetres_below_the_frame_and_the_number_below_it(long_minutes: bytes) -> None:
    mark, number, title = lines(long_minutes, 1)[:3]
    assert mark.text == "中共云川区委常委会会议纪要"
    assert mark.top == pytest.approx(37 + 35, abs=3)
    assert number.text == "〔2026〕21号"
    assert title.text == "八届区委常委会第21次会议纪要"


def test_the_imprint_closes_the_last_page(long_minutes: bytes) -> None:
    count = len(pages(long_minutes))
    last = body(long_minutes, count)[-2:]
    assert {line.text for line in last} == {"中共云川区委办公室", "2026年11月27日印发"}
    assert last[-1].bottom == pytest.approx(262, abs=3)


def test_rare_characters_are_drawn_read_back_and_do_not_push_lines_apart() -> None:
    plain = papers.minutes(Section("一、名单", ("国" * 28 * 24,))).to_pdf()
    rare = papers.minutes(Section("一、名单", ("国" * 28 * 10 + RARE + "国" * (28 * 14 - len(RARE)),))).to_pdf()
    assert all(character in "".join(pages(rare)) for character in RARE)
    assert len(body(rare, 2)) == len(body(plain, 2))
    assert body(rare, 2)[-1].bottom == pytest.approx(body(plain, 2)[-1].bottom, abs=0.3)


def test_wrapped_names_begin_under_the_first_name() -> None:
    present, second, *_ = (
        line for line in lines(papers.ALL["minutes"].to_pdf(), 2) if line.text.startswith(("出席", "马春屿"))
    )
    assert present.left == pytest.approx(28 + 2 * 15.75 * 25.4 / 72, abs=0.6)
    assert second.left == pytest.approx(28 + 5 * 15.75 * 25.4 / 72, abs=0.6)


def test_a_figure_and_its_unit_stay_on_one_line() -> None:
    paragraph = "国" * 24 + "486,300万元"  # the amount would begin within the line and end on the next
    text = [line.text for line in lines(papers.minutes(Section("一、预算", (paragraph,))).to_pdf(), 1)]
    assert "486,300万元" in text


def test_minutes_carry_no_code_and_no_signature_block() -> None:
    text = "".join(pages(papers.ALL["minutes"].to_pdf()))
    assert "校验" not in text
    assert "签字" not in text
