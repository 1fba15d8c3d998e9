"""The parts of every page: one tag or filter each (docs/face.md shows them all). A builtin in every template.

What stands in each row of a long list (state, date, money, person) is built here without a template file.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from common import clock
from common.web import diff as differences
from common.web import formats, listing

register = template.Library()

TONES = {"neutral", "info", "wait", "good", "bad", "draft"}
# Numbers that tie a disabled button to its reason; only their difference on one page matters.
_ties = count(1)


# Dates. Each gives <time>, so that it never breaks over a line; formats.py has the bare text.


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
def weekday(value: date) -> str:
    """周四."""
    return formats.weekday(value)


@register.simple_tag
def shown_when(value: Any) -> SafeString | str:
    """A moment or a day as house dates; words as they are."""
    if isinstance(value, datetime):
        return cn_datetime(value)
    return cn_date(value) if isinstance(value, date) else conditional_escape(value)


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
    return format_html(
        '<span class="due due--{}">{} <span class="near">{}</span></span>',
        formats.due_tone(value, today),
        _time(value, text),
        words,
    )


# Figures.


@register.filter
def money(value: Decimal | int | None) -> SafeString | str:
    """2.6 亿元, the exact figure on hover and in print; yuan in."""
    if value is None:
        return ""
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


# State and person.


@register.simple_tag
def state(word: str, tone: str = "neutral") -> SafeString:
    """A word with shape and colour; tone: neutral, info, wait, good, bad, draft."""
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    return format_html('<span class="state state--{}">{}</span>', tone, word)


@register.simple_tag
def person(who: Any, post: str | None = None, me: bool = False) -> SafeString:
    """Name whole, then post: a Person or a name; post="" for the name alone; `me` adds （您）."""
    title = getattr(who, "post_title", "") if post is None else post
    name = format_html('<span class="person">{}{}</span>', getattr(who, "name", who), "（您）" if me else "")
    return format_html('{} <span class="person-post">{}</span>', name, title) if title else name


# Buttons and menus.


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    url: str = "",
    kind: str = "secondary",
    why_not: str = "",
    name: str = "",
    value: str = "",
    main: bool = False,
    wide: bool = False,
    key: str = "",
) -> dict[str, Any]:
    """A link when it has a url, else a submit button; with `why_not` it cannot be pressed and says why."""
    return locals() | {"tied": next(_ties)}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: template.Context,
    label: str,
    url: str,
    kind: str = "secondary",
    why_not: str = "",
    confirm: str = "",
    name: str = "",
    value: str = "",
    main: bool = False,
) -> dict[str, Any]:
    """A form of one button; `confirm` is the sentence asked before it is sent."""
    given = {key: item for key, item in locals().items() if key != "context"}
    return given | {"csrf_token": context.get("csrf_token")}


@register.simple_block_tag
def more(content: str, label: str = "更多") -> SafeString:
    """The rest of the actions: items are <a class="menu-item"> or post buttons."""
    return format_html(
        '<details class="menu"><summary class="button">{}</summary><div class="menu-panel">{}</div></details>',
        label,
        content,
    )


# Boxes.


@register.simple_block_tag
def card(content: str, title: str, note: str = "", id: str = "", level: int = 2, flush: bool = False) -> SafeString:
    """One white sheet with a heading; `flush` when the content (rows, a table) brings its own margins."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title)
    remark = format_html('<span class="soft">{}</span>', note) if note else ""
    inner = content if flush else format_html('<div class="card-body">{}</div>', content)
    anchor = format_html(' id="{}"', id) if id else ""
    return format_html(
        '<section class="card"{}><div class="card-head">{}{}</div>{}</section>', anchor, heading, remark, inner
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "", live: bool = False) -> SafeString:
    """A fact that stands on the page; tone: info, warn, bad, good; `live` is read out when it appears."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    role = mark_safe(' role="alert"' if tone == "bad" else ' role="status"') if live else ""
    return format_html('<div class="notice notice--{}"{}>{}{}</div>', tone, role, head, content)


@register.simple_block_tag
def row(content: str, title: str, url: str = "", note: str = "", when: Any = None) -> SafeString:
    """<li>: one sentence and, as content, its one button; `when` is a date (shown as a deadline) or words."""
    name = format_html('<a href="{}">{}</a>', url, title) if url else conditional_escape(title)
    remark = format_html('<p class="row-note">{}</p>', note) if note else ""
    body = format_html('<div class="row-body"><p class="row-title">{}</p>{}</div>', name, remark)
    end = format_html('<div class="row-end">{}</div>', content)
    if when is None:
        return format_html('<li class="row">{}{}</li>', body, end)
    shown = due(when) if isinstance(when, date) else when
    return format_html('<li class="row row--when"><div class="row-when">{}</div>{}{}</li>', shown, body, end)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One line of <dl class="facts">."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def table(content: str, name: str, frozen: bool = False, tall: bool = False, stays: bool = False) -> SafeString:
    """The box of a table, reachable by keyboard when it scrolls; `name` says what is listed.

    `frozen` holds the first column, `tall` scrolls inside with the head held, `stays` stays a table on the phone.
    """
    box = "table-box" + (" table-box--tall" if tall else "") + (" table-box--stays" if stays else "")
    inner = "table" + (" table--frozen" if frozen else "")
    return format_html(
        '<div class="{}" role="region" tabindex="0" aria-label="{}"><table class="{}">{}</table></div>',
        box,
        name,
        inner,
        content,
    )


@register.simple_tag(takes_context=True)
def sort(context: template.Context, label: str, name: str, figure: bool = False) -> SafeString:
    """<th> of a column that can be ordered by ?order=name."""
    url, direction = listing.sort_link(context["request"].GET, name)
    mark = {"ascending": "▲", "descending": "▼", "none": ""}[direction]
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a class="sort" href="{}">{}<span aria-hidden="true">{}</span></a></th>',
        direction,
        mark_safe(' class="figure"') if figure else "",
        url,
        label,
        mark,
    )


@register.inclusion_tag("components/nothing.html")
def nothing(word: str, todo: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """An empty list: one word, and what to do."""
    return locals()


@register.inclusion_tag("components/path.html")
def path(steps: Iterable[Any], title: str = "") -> dict[str, Any]:
    """A way in steps; what a step has, components/path.html says."""
    return {"steps": steps, "title": title}


@register.inclusion_tag("components/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Steps across a task of several pages; `current` counts from 1."""
    return {"labels": labels, "current": current}


@register.inclusion_tag("components/file.html")
def file(name: str, url: str, size: int | None = None, note: str = "", day: date | None = None) -> dict[str, Any]:
    """<li> of <ul class="files">."""
    return locals()


@register.simple_tag
def diff(old: str, new: str) -> SafeString:
    """Two texts as one, what came in and what went out marked."""
    marks = {"same": "{}", "in": "<ins>{}</ins>", "out": "<del>{}</del>"}
    lines = (
        (format_html_join("", "{}", ((format_html(marks[kind], text),) for kind, text in pieces)),)
        for pieces in differences.paragraphs(old, new)
    )
    return format_html('<div class="diff">{}</div>', format_html_join("", "<p>{}</p>", lines))


# Lists: tabs, filters, pages.


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: template.Context, entries: Sequence[listing.Tab], current: str, name: str = "页内栏目") -> dict[str, Any]:
    """Views of one page, each with an address (?tab=key); other parameters are left behind."""
    links = [(tab, f"?tab={tab.key}" if place else context["request"].path) for place, tab in enumerate(entries)]
    return {"links": links, "current": current, "name": name}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.BaseForm) -> dict[str, Any]:
    """A GET form in the address, its set filters as chips, one link that clears all."""
    request = context["request"]
    return {"form": form, "chips": listing.chips(form, request.GET), "path": request.path}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, measure: str = "件") -> dict[str, Any]:
    """Links between pages that keep the filters."""
    query = context["request"].GET
    return {
        "page": page,
        "measure": measure,
        "links": listing.page_links(page, query),
        "before": listing.with_query(query, page=page.previous_page_number()) if page.has_previous() else "",
        "after": listing.with_query(query, page=page.next_page_number()) if page.has_next() else "",
    }


# Forms.


@register.inclusion_tag("components/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, gathered on top; each line leads to its field."""
    return {"form": form}


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, optional: bool = True) -> dict[str, Any]:
    """Label, help, error, widget, tied together for those who listen; `optional` marks what may stay empty."""
    return {"bound": bound, "optional": optional and not bound.field.required}
