"""The parts of every page: one tag or filter each (docs/face.md shows them all). A builtin in every template.

What stands in each row of a long list (state, person, day, money) is built without a template file.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from django import forms, template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from common.web import diff as differences
from common.web import wording
from common.web.navigation import MAIN, Shown
from common.web.templatetags import figures, lists

register = template.Library()
for shelf in (figures.register, lists.register):
    register.tags |= shelf.tags
    register.filters |= shelf.filters

TONES = {"neutral", "info", "wait", "good", "bad", "draft"}
# Numbers that tie a disabled button to its reason; only their difference on one page matters.
_ties = count(1)


# State and person.


@register.simple_tag
def state(word: str, tone: str = "neutral") -> SafeString:
    """A word with shape and colour; tone: neutral, info, wait, good, bad, draft."""
    return _state(word, tone)


@lru_cache(1024, typed=True)
def _state(word: str, tone: str) -> SafeString:
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    return format_html('<span class="state state--{}">{}</span>', tone, word)


@register.simple_tag
def person(who: Any, post: str | None = None, me: bool = False) -> SafeString:
    """Name whole, then post: a Person or a name; post="" for the name alone; `me` adds （您）."""
    title = getattr(who, "post_title", "") if post is None else post
    name = format_html('<span class="person">{}{}</span>', getattr(who, "name", who), "（您）" if me else "")
    return format_html('{} <span class="person-post">{}</span>', name, title) if title else name


# The frame.


@register.simple_tag
def nav_entry(entry: Shown, more: bool = False) -> SafeString:
    """<li> of one entry; `more` where it stands behind 更多, where the row's own extras do not show."""
    extra = SafeString(' class="nav-extra"') if entry.extra and entry.group == MAIN else ""
    active = SafeString(' aria-current="page"') if entry.active else ""
    key = format_html(' data-shortcut="{}"', entry.shortcut) if entry.shortcut and not more else ""
    waiting = '<span class="nav-count">{}<span class="unseen"> 件等您办</span></span>'
    count = format_html(waiting, entry.count) if entry.count else ""
    link = '<li{}><a class="nav-link" href="{}"{}{}>{}{}</a></li>'
    return format_html(link, extra, entry.url, active, key, entry.label, count)


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
    role = format_html(' role="{}"', "alert" if tone == "bad" else "status") if live else ""
    return format_html('<div class="notice notice--{}"{}>{}{}</div>', tone, role, head, content)


@register.simple_block_tag
def row(content: str, title: str, url: str = "", note: str = "", when: Any = None) -> SafeString:
    """<li>: one sentence and, as content, its one button; `when` is a date (shown as a deadline) or words."""
    name = format_html('<a href="{}">{}</a>', url, title) if url else conditional_escape(title)
    remark = format_html('<p class="row-note">{}</p>', figures.days_whole(note)) if note else ""
    body = format_html('<div class="row-body"><p class="row-title">{}</p>{}</div>', name, remark)
    end = format_html('<div class="row-end">{}</div>', content)
    if when is None:
        return format_html('<li class="row">{}{}</li>', body, end)
    shown = figures.due(when) if isinstance(when, date) else when
    return format_html('<li class="row row--when"><div class="row-when">{}</div>{}{}</li>', shown, body, end)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One line of <dl class="facts">."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


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


# Forms.


@register.inclusion_tag("components/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, gathered on top; each line leads to its field."""
    return {"form": form}


@register.filter
def said(bound: forms.BoundField) -> list[str]:
    """The errors of a field in the words of the office."""
    return wording.said(bound)


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, optional: bool = True, help: str = "") -> dict[str, Any]:
    """Label, help, error, widget, tied together for those who listen; `optional` marks what may stay empty."""
    return {
        "bound": bound,
        "optional": optional and not bound.field.required,
        "help": help or bound.help_text,
    }
