"""How the house writes days, amounts and numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.web import formats

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 26), "11月26日（周四）"),
        (date(2026, 1, 1), "1月1日（周四）"),
        (date(2027, 1, 5), "2027年1月5日（周二）"),
        (date(2025, 12, 31), "2025年12月31日（周三）"),
    ],
)
def test_a_day_carries_its_weekday_and_a_year_only_when_it_is_another(day, words):
    assert formats.cn_date(day, TODAY) == words


def test_a_moment_is_told_by_the_wall_clock_of_shanghai():
    assert formats.cn_datetime(datetime(2026, 11, 26, 7, 0, tzinfo=UTC), TODAY) == "11月26日（周四） 下午3:00"
    assert formats.cn_date(datetime(2026, 11, 15, 17, 0, tzinfo=UTC), TODAY) == "11月16日（周一）"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "凌晨0:05"), (6, "上午6:05"), (11, "上午11:05"), (12, "中午12:05"), (13, "下午1:05"), (18, "晚上6:05")],
)
def test_hours_are_said_as_in_an_office(hour, words):
    assert formats.cn_time(datetime(2026, 11, 26, hour, 5)) == words


@pytest.mark.parametrize(
    ("days", "near", "due", "tone"),
    [
        (-90, "", "已过 90 天", "bad"),
        (-2, "前天", "已过 2 天", "bad"),
        (0, "今天", "今天", "bad"),
        (1, "明天", "明天", "wait"),
        (3, "3 天后", "3 天后", "wait"),
        (4, "4 天后", "4 天后", "neutral"),
        (61, "", "", "neutral"),
    ],
)
def test_a_deadline_says_how_near_it_is(days, near, due, tone):
    day = TODAY + timedelta(days)
    assert formats.relative_day(day, TODAY) == near
    assert formats.due_words(day, TODAY) == due
    assert formats.due_tone(day, TODAY) == tone


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("260000000", "2.6 亿元"),
        ("4863000000", "48.63 亿元"),
        ("263460000", "2.6346 亿元"),
        ("263456789", "约 2.63 亿元"),
        ("95000000", "9500 万元"),
        ("12345600", "1234.56 万元"),
        ("12345678", "约 1234.57 万元"),
        ("1234", "1,234 元"),
        ("1234.50", "1,234.5 元"),
        ("0", "0 元"),
        ("-20000000", "-2000 万元"),
    ],
)
def test_an_amount_is_told_in_the_unit_people_say(yuan, words):
    assert formats.money(Decimal(yuan)) == words


def test_the_exact_figure_is_never_in_scientific_form():
    assert formats.money_exact(Decimal("2.6E+8")) == "260,000,000 元"
    assert formats.money(Decimal("1E+8")) == "1 亿元"


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_an_amount_without_about_is_exact(yuan):
    words = formats.money(yuan)
    digits, unit = words.removeprefix("约 ").split(" ")
    told = Decimal(digits.replace(",", "")) * {"元": 1, "万元": formats.WAN, "亿元": formats.YI}[unit]
    if words.startswith("约"):
        assert told != yuan
        assert abs(told - yuan) <= Decimal("0.005") * {"万元": formats.WAN, "亿元": formats.YI}[unit]
    else:
        assert told == yuan


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_of_an_agenda(number, words):
    assert formats.cn_number(number) == words


def test_no_two_numbers_are_written_alike():
    assert len({formats.cn_number(number) for number in range(10000)}) == 10000
    with pytest.raises(ValueError):
        formats.cn_number(10000)


def test_small_measures():
    assert formats.cn_count(1860, "个") == "1,860 个"
    assert formats.cn_minutes(15) == "15 分钟"
    assert formats.cn_minutes(120) == "2 小时"
    assert formats.cn_minutes(160) == "2 小时 40 分"
    assert formats.file_size(900) == "900 B"
    assert formats.file_size(317440) == "310 KB"
    assert formats.file_size(3565158) == "3.4 MB"
