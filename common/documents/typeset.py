"""What has to be done to text before it is set: characters outside the face, figures that must not break.

Pure functions over HTML strings. The rules come from measurement: a glyph from another face makes its line taller
unless it stands in a span of line height 0.
"""

import re
from collections.abc import Callable
from html import escape

_TAG = re.compile(r"(<[^>]*>)")
# A figure and its unit, a day and an amount never part over a line (GB/T 9704-2012 §7.3.3: 数字、年份不能回行).
_FIGURE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    r"|\d[\d,.]* ?[亿万千百]{0,2}元"
    r"|\d[\d,.:：]*(?:[%％℃]|[亿万千百]?[\u4e00-\u9fff])?"
)


def _over_text(html: str, change: Callable[[str], str]) -> str:
    """Apply `change` to the text between the tags of the body."""
    head, body, rest = html.partition("<body")
    parts = _TAG.split(body + rest)
    return head + "".join(part if part.startswith("<") else change(part) for part in parts)


def mark_rare_characters(html: str, drawn: frozenset[int]) -> str:
    """Wrap runs of characters that the faces lack in `<span class="rare">`; `drawn` are the code points they have."""
    rare = {mark for mark in set(html) if ord(mark) > 0xFF and ord(mark) not in drawn and not mark.isspace()}
    if not rare:
        return html
    run = re.compile(f"[{re.escape(''.join(sorted(rare)))}]+")
    return _over_text(html, lambda text: run.sub(r'<span class="rare">\g<0></span>', text))


def keep_figures_whole(text: str) -> str:
    """Escaped text with each figure and its unit (2026年, 1.8亿元, 下午3:00) kept on one line."""
    safe = escape(text, quote=False)
    return _FIGURE.sub(lambda found: f'<span class="fig">{found[0]}</span>' if len(found[0]) > 1 else found[0], safe)
