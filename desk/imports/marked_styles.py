"""Adds a yellow fill to the styles of a workbook: for each style used by a marked cell, the same style filled."""

import re

from desk.imports.marked_sheet import utf8

_PATTERN = b'<@patternFill patternType="solid"><@fgColor rgb="FFFFF2A8"/><@bgColor indexed="64"/></@patternFill>'
_FILL = b"<@fill>" + _PATTERN + b"</@fill>"
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*?(?:/>|>.*?</(?:\w+:)?xf>)", re.DOTALL)


class Fills:
    """The styles part, growing by one style for each style that had to be filled."""

    def __init__(self, styles: bytes) -> None:
        self._styles = styles = utf8(styles)
        self._xfs = _section(styles, b"cellXfs")
        self._fills = _section(styles, b"fills")
        self._formats = _XF.findall(styles[slice(*self._xfs)]) if self._xfs else []
        self._added: dict[int, int] = {}

    def filled(self, style: int) -> int:
        """The number of this style with the fill; the style itself where the workbook has no styles."""
        if not self._fills or style >= len(self._formats):
            return style
        return self._added.setdefault(style, len(self._formats) + len(self._added))

    def written(self) -> bytes:
        """The styles part with the fill and the new styles at the end of their lists."""
        if not self._fills or not self._xfs or not self._added:
            return self._styles
        fills, xfs = (self._styles[slice(*at)] for at in (self._fills, self._xfs))
        prefix = fills[1 : fills.index(b"fills")]
        number = len(re.findall(rb"<(?:\w+:)?fill\b", fills))
        fill = _FILL.replace(b"@", prefix)
        formats = b"".join(_with_fill(self._formats[style], number) for style in self._added)
        changed = sorted(
            [
                (self._fills, _appended(fills, fill, number + 1)),
                (self._xfs, _appended(xfs, formats, len(self._formats) + len(self._added))),
            ],
            reverse=True,
        )
        styles = self._styles
        for (start, end), new in changed:
            styles = styles[:start] + new + styles[end:]
        return styles


def _section(styles: bytes, name: bytes) -> tuple[int, int] | None:
    found = re.search(rb"<(?:\w+:)?" + name + rb"\b[^>]*>.*?</(?:\w+:)?" + name + rb"\s*>", styles, re.DOTALL)
    return found.span() if found else None


def _appended(section: bytes, more: bytes, count: int) -> bytes:
    at = section.rindex(b"</")
    return re.sub(rb'\bcount="\d+"', b'count="%d"' % count, section[:at], count=1) + more + section[at:]


def _with_fill(xf: bytes, fill: int) -> bytes:
    end = xf.index(b">")
    tag, rest = xf[:end], xf[end:]
    closed = tag.endswith(b"/")
    tag = re.sub(rb'\s(?:fillId|applyFill)="[^"]*"', b"", tag.rstrip(b"/").rstrip())
    return tag + b' fillId="%d" applyFill="1"' % fill + (b"/" if closed else b"") + rest
