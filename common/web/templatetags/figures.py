"""Days, amounts and numbers in templates. Dates give <time>, so that they never break over a line.

formats.py has the same as bare text.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from common import clock
from common.web import formats

register = template.Library()
# What stays whole in a sentence: a day with its hour where one follows, an hour alone, an amount.
HOUR = r"(?:凌晨|上午|中午|下午|晚上)\d{1,2}:\d{2}"
WHOLE = re.compile(
    rf"(?P<day>(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:（周.）)?(?: ?{HOUR})?|{HOUR})"
    r"|(?P<money>\d[\d,.]* ?[亿万]?元)"
)


@lru_cache(4096, typed=True)
def _time(value: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def cn_date(value: date | None) -> SafeString | str:
    """11月26日（周四）, with the year when it is not this year; empty for None."""
    return _time(value, formats.cn_date(value, clock.today())) if value else ""


@register.filter
def cn_full_date(value: date | None) -> SafeString | str:
    """2026年11月26日."""
    return _time(value, formats.cn_full_date(value)) if value else ""


@register.filter
def cn_datetime(value: datetime | None) -> SafeString | str:
    """11月26日（周四） 下午3:00; breaks only between day and hour."""
    if not value:
        return ""
    day = _time(value, formats.cn_date(value, clock.today()))
    return format_html("{} {}", day, _time(value, formats.cn_time(value)))


@register.filter
def cn_time(value: datetime | None) -> SafeString | str:
    """下午3:00."""
    return _time(value, formats.cn_time(value)) if value else ""


@register.filter
def days_whole(value: Any) -> SafeString:
    """A sentence whose days, hours and amounts are written as elsewhere and do not break over a line."""
    if hasattr(value, "__html__"):
        return SafeString(value)
    return SafeString(WHOLE.sub(_span, conditional_escape(value)))


def _span(found: re.Match[str]) -> str:
    return f'<span class="{found.lastgroup}">{found[0]}</span>'


@register.filter
def weekday(value: date) -> str:
    """周四."""
    return formats.weekday(value)


@register.simple_tag
def shown_when(value: Any) -> SafeString | str:
    """A moment or a day as house dates; words as they are."""
    if isinstance(value, datetime):
        return cn_datetime(value)
    return cn_date(value) if isinstance(value, date) else days_whole(value)


@register.filter
def relative(value: date | None) -> SafeString | str:
    """3 天后: stands beside a date, never alone."""
    words = formats.relative_day(value, clock.today()) if value else ""
    return format_html('<span class="near soft">{}</span>', words) if words else ""


@register.simple_tag
def due(value: date | None, done: bool = False) -> SafeString | str:
    """A deadline with its nearness in words and colour; `done` for one that no longer presses."""
    if not value:
        return ""
    today = clock.today()
    text = formats.cn_datetime(value, today) if isinstance(value, datetime) else formats.cn_date(value, today)
    if done:
        return _time(value, text)
    words = formats.due_words(value, today)
    near = format_html(' <span class="near">{}</span>', words) if words else ""
    return format_html(
        '<span class="due due--{}">{}{}</span>', formats.due_tone(value, today), _time(value, text), near
    )


@register.filter
def money(value: Decimal | int | None) -> SafeString | str:
    """2.6 亿元, the exact figure on hover and in print; yuan in."""
    return "" if value is None else _money(value)


@lru_cache(4096, typed=True)
def _money(value: Decimal | int) -> SafeString:
    text, exact = formats.money(value), formats.money_exact(value)
    if text == exact:
        return format_html('<span class="money">{}</span>', text)
    return format_html('<span class="money" title="{}">{}</span>', exact, text)


@register.filter
def money_exact(value: Decimal | int | None) -> SafeString | str:
    """260,000,000 元."""
    return "" if value is None else format_html('<span class="money">{}</span>', formats.money_exact(value))


@register.filter
def cn_number(value: int) -> str:
    """一、二、…、十一: {{ forloop.counter|cn_number }}."""
    return formats.cn_number(value)


@register.filter
def cn_count(value: int, measure: str) -> SafeString:
    """{{ n|cn_count:"件" }} → 9 件."""
    return format_html('<span class="count">{}</span>', formats.cn_count(value, measure))


@register.filter
def cn_minutes(value: int | None) -> SafeString | str:
    """2 小时 40 分."""
    return "" if value is None else format_html('<span class="count">{}</span>', formats.cn_minutes(value))


@register.filter
def file_size(value: int) -> SafeString:
    """3.4 MB."""
    return format_html('<span class="count">{}</span>', formats.file_size(value))
