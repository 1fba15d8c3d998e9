"""Template filters of paper: dates, paragraphs by level, lists of names. Built in for the paper's own engine."""

import re
from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.documents.typeset import keep_figures_whole

register = template.Library()

LINE = 26  # characters of a paragraph's first line
MEMBER = 10  # characters of a post or name that is kept on one line in a narrow column

# Levels by their numbering (GB/T 9704-2012 §7.3.3): 一、黑体,(一)楷体; 1. and (1) stay in 仿宋.
_FIRST = re.compile(r"[一二三四五六七八九十]+、")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_TWO_CHARACTERS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}")


@register.filter
def day(value: date | None) -> str:
    """2026年11月6日: Arabic figures, no padding."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def text(value: str) -> SafeString:
    """Escaped text whose figures stay whole."""
    return SafeString(keep_figures_whole(value))


@register.filter
def paragraphs(values: Iterable[str]) -> SafeString:
    """Each line as a paragraph set by the level of its numbering."""
    lines = (line.strip() for value in values for line in value.splitlines())
    return format_html_join("\n", "{}", ((_paragraph(line),) for line in lines if line))


def _paragraph(line: str) -> SafeString:
    """A heading alone, a heading that runs in (a first sentence of one line at most), or plain text."""
    face = "hei" if _FIRST.match(line) else "kai" if _SECOND.match(line) else ""
    head, stop, rest = line.partition("。")
    if not face or (stop and not rest) or len(head) > LINE:
        return format_html("<p>{}</p>", text(line))
    if not stop:
        return format_html("<h2>{}</h2>" if face == "hei" else "<h3>{}</h3>", text(line))
    return format_html('<p><span class="{}">{}</span>{}</p>', face, text(head + stop), text(rest))


@register.filter
def names(values: Iterable[str]) -> SafeString:
    """People one after another; names of two characters are spread to three by space, not by characters."""
    return format_html_join("", '<span class="name">{}</span>', ((name(value),) for value in values))


@register.filter
def name(value: str) -> str | SafeString:
    """One person's name; one of two characters gets the width of three."""
    if not _TWO_CHARACTERS.fullmatch(value):
        return value
    return format_html('<span class="spread">{}</span>{}', value[0], value[1])


@register.filter
def listed(values: Iterable[str]) -> SafeString:
    """A list in running text, broken between its members only: 发改局、财政局."""
    return by_sense("、".join(values))


@register.filter
def by_sense(value: str) -> SafeString:
    """Text that breaks after 、 rather than within a post or a name; long members may still break."""
    members = re.findall(r"[^、]+、?|、", value)
    return format_html_join("", "{}", ((_member(member),) for member in members))


def _member(member: str) -> SafeString:
    if len(member) > MEMBER:
        return text(member)
    return format_html('<span class="fig">{}</span>', member)
