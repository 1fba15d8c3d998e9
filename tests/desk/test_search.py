"""查找: among what one may see, by words or by number; nothing else is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.minutes.models import DecisionNotice
from tests.agenda.items.pages_story import LIAISON, OFFICE, SECRETARY, STRANGERS, as_, words
from tests.decisions.minutes_story import closed_meeting, drafted, signed
from tests.support.meetings import called_meeting
from tests.support.stories import drafted_item, filed_item, ready_item

SEARCH = reverse("desk:search")
MEMBER = "岑以宁"  # of the 常委会, neither its chair nor of the office


def found(name: str, text: str) -> str:
    return words(as_(name).get(SEARCH, {"q": text})).split("只列出您可以看的内容")[1]


def test_an_item_is_found_by_words_and_by_number(district) -> None:
    filed_item(district)
    for text in ("城东学校", "议〔2026〕1号", "2026年1号"):
        assert "议〔2026〕1号，教体局，已呈报" in found(OFFICE, text)
    assert "没有找到" in found(OFFICE, "2026年7号")


def test_what_one_may_not_see_is_not_found(district) -> None:
    drafted_item(district)
    assert "关于新建城东学校的请示" in found(LIAISON, "城东学校")
    for name in (OFFICE, SECRETARY, *STRANGERS):
        assert "没有找到" in found(name, "城东学校")


def test_a_meeting_is_found_by_an_item_one_sees(district) -> None:
    called_meeting(district, ready_item(district))
    assert "区委常委会第21次会议" in found(SECRETARY, "城东学校")
    assert "区委常委会第21次会议" not in found(STRANGERS[0], "城东学校")


def test_a_meeting_is_found_by_the_words_and_numbers_of_its_title(district) -> None:
    meeting = called_meeting(district, ready_item(district))
    in_year = meeting.year_number.number
    typed = (
        "第21次",
        "区委常委会",
        "八届区委常委会第21次会议",
        "8届",
        "第二十一次会议",
        f"2026年第{in_year}次会议",
        f"2026年区委常委会第{in_year}次",
        "常委会 第21次",
    )
    for text in typed:
        assert "区委常委会第21次会议11月26日" in found(SECRETARY, text).replace(" ", ""), text
    for text in (
        "第22次",
        "七届区委常委会第21次会议",
        f"2025年第{in_year}次会议",
        f"2026年书记专题会第{in_year}次会议",
    ):
        assert "区委常委会第21次会议" not in found(SECRETARY, text), text
    assert "没有找到" in found(STRANGERS[0], "第21次")


def test_a_signed_paper_is_found_by_its_number_its_title_and_its_text(district) -> None:
    """纪要 by what it says and by its number as printed, the notices by theirs."""
    minutes = signed(district, closed_meeting(district))
    number = f"〔{minutes.number.year}〕{minutes.number.number}号"
    plain = f"{minutes.number.year} {minutes.number.number}"
    typed = (number, plain, f"{minutes.number.number}号", "纪要", "区委常委会第21次会议纪要", "建议分期建设")
    for text in typed:
        assert f"区委常委会第21次会议纪要{number}" in found(SECRETARY, text).replace(" ", ""), text
    notice = DecisionNotice.objects.select_related("unit", "number").order_by("pk").first()
    assert f"{notice.unit.short_name}{notice.number}" in found(OFFICE, str(notice.number))


def test_who_may_not_read_a_paper_does_not_find_it_by_any_word_of_it(district) -> None:
    """A stranger learns from no word, number or title that there is a 纪要; a member not of a draft."""
    meeting = closed_meeting(district)
    drafted(district, meeting)
    for text in ("建议分期建设", "纪要", "会议听取"):
        assert "纪要草稿" not in found(MEMBER, text).replace(" ", ""), text
        assert "没有找到" in found(STRANGERS[0], text), text
    assert "区委常委会第21次会议纪要" in found(OFFICE, "建议分期建设")


def test_the_names_of_fields_are_no_words_of_a_paper(district) -> None:
    drafted(district, closed_meeting(district))
    for text in ("resolutions", "cadre"):
        assert "没有找到" in found(OFFICE, text)


def test_people_and_units_are_found(district) -> None:
    assert "区教体局局长" in found(STRANGERS[0], "林知微")
    assert "区教育和体育局" in found(STRANGERS[0], "教体")


@pytest.mark.parametrize(
    "text", ["", "  ", "%", "'; --", "<script>", "号" * 200, "二二届", "0届", "\x00", "2026年99999次"]
)
def test_anything_may_be_typed(district, text) -> None:
    answer = as_(OFFICE).get(SEARCH, {"q": text})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</head>")[1]


def test_ten_are_shown_and_a_way_to_the_rest_at_a_constant_cost(district) -> None:
    browser = as_(OFFICE)

    def cost() -> int:
        browser.get(SEARCH, {"q": "学校"})
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(SEARCH, {"q": "学校"}).status_code == 200
        return len(asked)

    filed_item(district, title="第一所学校")
    few = cost()
    for no in range(11):
        filed_item(district, title=f"学校{no}")
    assert cost() == few
    assert "只列了前 10 条，看全部" in found(OFFICE, "学校")


def test_the_way_to_the_rest_keeps_words_with_signs_of_an_address(district) -> None:
    """R&D#1+: what means something in an address must not cut the words off."""
    for number in range(11):
        filed_item(district, title=f"关于R&D#1+项目{number}的请示")
    page = as_(OFFICE).get(SEARCH, {"q": "R&D#1+"}).content.decode()
    [more] = re.findall(r'href="(/items/\?[^"]*)">只列了前 10 条', page)
    assert more == "/items/?q=R%26D%231%2B"
    rest = words(as_(OFFICE).get(more))
    assert all(f"项目{number}的" in rest for number in range(11))
