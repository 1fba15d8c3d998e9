"""Dates, money and other single values: any way of writing one is read back, and garbage is only ever unclear."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.imports.agenda_ledger import Major, MajorKind, parse_body, parse_major
from desk.imports.findings import Code, Unclear
from desk.imports.names import Body
from desk.imports.values import (
    DateContext,
    DocumentNumber,
    parse_amount,
    parse_date,
    parse_document_number,
    parse_minutes,
    parse_percent,
    parse_term,
)

TODAY = date(2026, 11, 16)
THIS_YEAR = DateContext(TODAY, frozenset({2026}))
NO_YEAR = DateContext(TODAY)
WIDE = str.maketrans("0123456789./-,", "０１２３４５６７８９．／－，")
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2045, 12, 31))
HAN = "〇一二三四五六七八九"


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{HAN[tens] if tens > 1 else ''}{'十' if tens else ''}{HAN[ones] if ones else ''}"


WRITINGS: list[Callable[[date], str]] = [
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}－{day.month:02}—{day.day:02}".replace("－", "—"),
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day} 09:30",
    lambda day: f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    lambda day: f"{day.year}年{day.month}月{day.day}日".translate(WIDE),
    lambda day: f"{day.year}.{day.month}.{day.day}".translate(WIDE),
    lambda day: f"{''.join(HAN[int(one)] for one in str(day.year))}年{han(day.month)}月{han(day.day)}日",
]


@given(day=DAYS, write=st.sampled_from(WRITINGS))
def test_a_day_is_read_however_the_office_writes_it(day, write):
    assert parse_date(write(day), NO_YEAR) == day


@given(day=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_a_day_without_year_takes_the_year_of_its_sheet(day):
    assert parse_date(f"{day.month}月{day.day}日", THIS_YEAR) == day


def test_a_date_cell_is_taken_as_it_is():
    assert parse_date(date(2026, 11, 6), NO_YEAR) == date(2026, 11, 6)


@pytest.mark.parametrize("empty", [None, "", "　", "-", "/", "—"])
def test_an_empty_cell_is_no_day(empty):
    assert parse_date(empty, NO_YEAR) is None


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("2026年2月30日", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("2026-13-01", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("2025年2月29日", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("2026.0.5", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("2260年11月5日", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("1026年11月5日", NO_YEAR, Code.IMPOSSIBLE_DATE),
        ("2月30日", THIS_YEAR, Code.IMPOSSIBLE_DATE),
        ("11月6日", NO_YEAR, Code.YEAR_UNKNOWN),
        ("11月6日", DateContext(TODAY, frozenset({2026, 2027})), Code.YEAR_UNKNOWN),
        ("12月28日", DateContext(TODAY, frozenset({2027}), not_after=date(2027, 1, 5)), Code.YEAR_UNKNOWN),
        ("26.11.5", NO_YEAR, Code.UNCLEAR_DATE),
        ("26年11月5日", NO_YEAR, Code.UNCLEAR_DATE),
        ("11.6", THIS_YEAR, Code.UNCLEAR_DATE),
        ("11/6", THIS_YEAR, Code.UNCLEAR_DATE),
        ("2026年11月", NO_YEAR, Code.UNCLEAR_DATE),
        ("2026.11", NO_YEAR, Code.UNCLEAR_DATE),
        ("2026年11月5日-10日", NO_YEAR, Code.UNCLEAR_DATE),
        ("2026-11.05", NO_YEAR, Code.UNCLEAR_DATE),
        ("11月上旬", THIS_YEAR, Code.UNCLEAR_DATE),
        ("长期", NO_YEAR, Code.UNCLEAR_DATE),
        (46331, NO_YEAR, Code.UNCLEAR_DATE),
        (2026.9, NO_YEAR, Code.UNCLEAR_DATE),
        (True, NO_YEAR, Code.UNCLEAR_DATE),
    ],
)
def test_a_day_that_is_impossible_or_not_certain_is_never_guessed(text, context, code):
    with pytest.raises(Unclear) as doubt:
        parse_date(text, context)
    assert doubt.value.code is code
    assert doubt.value.cause.endswith("。")
    assert doubt.value.mend.endswith("。")


UNITS = {
    "元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "万": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "亿": 10**8,
}


@st.composite
def written_amounts(draw):
    unit = draw(st.sampled_from(sorted(UNITS)))
    yuan = draw(st.integers(min_value=1, max_value=10**14 - 1)) % (9 * 10**12) + 1
    number = (Decimal(yuan) / UNITS[unit]).normalize()
    text = f"{number:,f}" if draw(st.booleans()) else f"{number:f}"
    if draw(st.booleans()):
        text = text.translate(WIDE)
    if draw(st.booleans()):
        text = f"人民币{text}"
    return Decimal(yuan), f"{text}{draw(st.sampled_from(['', ' ', '　']))}{unit}"


@given(written=written_amounts())
def test_an_amount_is_read_in_any_unit_and_width(written):
    yuan, text = written
    assert parse_amount(text) == yuan


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("2.6亿元", 260_000_000),
        ("1.8亿", 180_000_000),
        ("9500万", 95_000_000),
        ("486,300万元", 4_863_000_000),
        ("486，300万元", 4_863_000_000),
        ("1200万元", 12_000_000),
        ("12,000,000元", 12_000_000),
        ("￥1,200.50元", Decimal("1200.50")),
        ("￥1200", 1200),
        ("0", 0),
    ],
)
def test_amounts_as_offices_write_them(text, yuan):
    assert parse_amount(text) == yuan


def test_the_heading_may_hold_the_unit():
    assert parse_amount(1200, "万元") == 12_000_000
    assert parse_amount("2.6亿元", "万元") == 260_000_000
    assert parse_amount(2.6000000000000001, "亿元") == 260_000_000


@pytest.mark.parametrize("empty", [None, "", "无", "/", "——", "不涉及"])
def test_no_amount_is_none(empty):
    assert parse_amount(empty) is None


@pytest.mark.parametrize("text", ["1200", 1200, 2.6, "12,000,000"])
def test_an_amount_without_unit_is_never_guessed(text):
    with pytest.raises(Unclear) as doubt:
        parse_amount(text)
    assert doubt.value.code is Code.AMOUNT_WITHOUT_UNIT


@pytest.mark.parametrize(
    "text",
    [
        *("约一亿", "若干", "一亿元", "约1.2亿元", "1.2亿元左右", "不超过500万元", "300-500万元", "500多万元"),
        *(
            "总投资2.6亿元，其中区级1.2亿元",
            "1亿2000万元",
            "12,00万元",
            "1.2.3万元",
            "500万美元",
            "待定",
            "另行报批",
            "1200万元/年",
        ),
        *("99999999亿元", "0.001元", "-5万元", True),
    ],
)
def test_an_amount_in_words_or_not_certain_is_never_guessed(text):
    with pytest.raises(Unclear) as doubt:
        parse_amount(text)
    assert doubt.value.code is Code.UNCLEAR_AMOUNT


def test_minutes_need_a_unit_in_cell_or_heading():
    assert parse_minutes(15, "分钟") == parse_minutes("15分钟") == parse_minutes("１５ 分") == 15
    assert parse_minutes("1.5小时") == parse_minutes(1.5, "小时") == 90
    assert parse_minutes(None, "分钟") is None
    for text, unit in ((15, ""), ("约10分钟", ""), ("半小时", ""), ("0", "分钟"), ("999分钟", ""), (1.5, "分钟")):
        with pytest.raises(Unclear):
            parse_minutes(text, unit)


def test_a_share_is_read_as_text_fraction_or_whole_number():
    assert parse_percent(0.7) == parse_percent("70%") == parse_percent("０.7") == parse_percent(70) == 70
    assert parse_percent("100%") == parse_percent("100％") == 100
    assert parse_percent(0.455) == Decimal("45.5")
    assert parse_percent(1, "%") == 1
    assert parse_percent(0) == 0
    assert parse_percent("") is None
    for text in (1, "1", "120%", "过半", "-5%", "已完成"):
        with pytest.raises(Unclear):
            parse_percent(text)


@pytest.mark.parametrize(
    ("text", "term"), [("8届", 8), ("八届", 8), ("第八届", 8), (8, 8), ("第十一届", 11), ("二十届", 20)]
)
def test_a_term_is_read_in_digits_or_words(text, term):
    assert parse_term(text) == term


@pytest.mark.parametrize("text", ["本届", "〇", "八九届", "百届"])
def test_a_term_that_is_no_number_is_unclear(text):
    with pytest.raises(Unclear):
        parse_term(text)


def test_one_document_number_is_the_same_in_any_brackets():
    same = {
        parse_document_number(text) for text in ("督〔2026〕01号", "督[2026]1号", "督（2026）01号", "督【２０２６】1号")
    }
    assert same == {DocumentNumber("督", 2026, 1)}
    assert parse_document_number("DB-1") is None


def test_major_matters_are_read_with_their_kinds_in_any_brackets():
    both = Major(True, (MajorKind.DECISION, MajorKind.PROJECT))
    assert parse_major("是(重大事项决策、重大项目安排)") == parse_major("是（重大事项决策，重大项目安排）") == both
    assert parse_major("重大事项决策、重大项目安排") == both
    assert parse_major("否") == Major(False)
    assert parse_major("是") == Major(True)
    assert parse_major("") is None
    for text in ("否(重大项目安排)", "是(重大活动)", "也许"):
        with pytest.raises(Unclear):
            parse_major(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("常委会", Body.STANDING_COMMITTEE),
        ("区委常委会会议", Body.STANDING_COMMITTEE),
        ("区委常委（扩大）会议", Body.STANDING_COMMITTEE),
        ("常委扩大会", Body.STANDING_COMMITTEE),
        ("全委会", Body.PLENARY_SESSION),
        ("区委全会", Body.PLENARY_SESSION),
        ("区委全体会议", Body.PLENARY_SESSION),
        ("书记专题会", Body.SECRETARY_MEETING),
        ("书记专题会议", Body.SECRETARY_MEETING),
        ("区委书记办公会", Body.SECRETARY_MEETING),
        ("党代会", Body.PARTY_CONGRESS),
        ("区第八次党代会", Body.PARTY_CONGRESS),
    ],
)
def test_a_body_is_known_by_its_usual_names(text, body):
    assert parse_body(text) is body


@pytest.mark.parametrize("text", ["区政府常务会议", "政府党组会", "常委会、全委会", "下次会", "常委"])
def test_another_meeting_is_no_body_of_the_committee(text):
    with pytest.raises(Unclear):
        parse_body(text)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=60),
    st.text(alphabet="0123456789年月日号.-/亿万元千百,，。〔〕()%约届第次是否小时分钟 　", max_size=30),
    st.just("9" * 6000),
)


@given(value=ANYTHING, unit=st.sampled_from(["", "万元", "分钟", "%", "瓩"]))
def test_garbage_is_only_ever_unclear(value, unit):
    text = "" if value is None else str(value)
    for read in (
        lambda: parse_date(value, THIS_YEAR),
        lambda: parse_amount(value, unit),
        lambda: parse_minutes(value, unit),
        lambda: parse_percent(value, unit),
        lambda: parse_term(value),
        lambda: parse_document_number(value),
        lambda: parse_major(text),
        lambda: parse_body(text),
    ):
        try:
            read()
        except Unclear as doubt:
            assert doubt.cause
            assert doubt.mend
