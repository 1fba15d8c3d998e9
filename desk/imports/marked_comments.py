"""Adds comments to a worksheet: the texts, and the little boxes in which spreadsheet programs show them."""

import re
from xml.sax.saxutils import escape

from desk.imports.cells import letters
from desk.imports.marked_sheet import utf8

AUTHOR = "议事"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:110pt;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def new_drawing() -> bytes:
    """A drawing without boxes yet."""
    return _DRAWING.encode()


def add_comments(comments: bytes, drawing: bytes, told: dict[tuple[int, int], str]) -> tuple[bytes, bytes]:
    """Both parts with these texts added; a cell that has a comment keeps it and gets the text below it."""
    comments, drawing = utf8(comments), utf8(drawing)
    comments = (
        comments or f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'.encode()
    )
    prefix = (re.search(rb"</(\w+:)?comments\s*>", comments) or [b"", b""])[1] or b""
    comments, author = _with_author(comments, prefix)
    there = set(re.findall(rb'<%bcomment\b[^>]*?\bref="(\w+)"' % prefix, comments))
    boxes, new = [], []
    for (row, column), text in sorted(told.items()):
        at = f"{letters(column)}{row}".encode()
        if at in there:
            comments = _with_text_below(comments, at, text, prefix)
            continue
        words = b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>'
        new.append(words % (prefix, at, author, prefix, _run(text, prefix), prefix, prefix))
        boxes.append((row, column))
    comments = _before_end(comments, b"commentList", b"".join(new), prefix)
    first = max((int(number) for number in re.findall(rb'id="_x0000_s(\d{1,9})"', drawing)), default=1024) + 1
    shapes = "".join(
        _BOX.format(number=first + at, row=row - 1, column=column - 1) for at, (row, column) in enumerate(boxes)
    )
    end = drawing.rindex(b"</")
    return comments, drawing[:end] + shapes.encode() + drawing[end:]


def _with_author(comments: bytes, prefix: bytes) -> tuple[bytes, int]:
    authors = re.findall(rb"<%bauthor\b[^>]*?(?:/>|>(.*?)</%bauthor>)" % (prefix, prefix), comments, re.DOTALL)
    if AUTHOR.encode() in authors:
        return comments, authors.index(AUTHOR.encode())
    words = b"<%bauthor>%b</%bauthor>" % (prefix, AUTHOR.encode(), prefix)
    return _before_end(comments, b"authors", words, prefix), len(authors)


def _before_end(xml: bytes, name: bytes, words: bytes, prefix: bytes) -> bytes:
    """Put words at the end of an element, which may have been written empty."""
    xml = re.sub(rb"<%b%b\s*/>" % (prefix, name), b"<%b%b></%b%b>" % (prefix, name, prefix, name), xml)
    at = xml.rindex(b"</%b%b" % (prefix, name))
    return xml[:at] + words + xml[at:]


def _with_text_below(comments: bytes, at: bytes, text: str, prefix: bytes) -> bytes:
    """The cell's own comment with the text below it; a text that is there already is not repeated."""
    comment = rb'<%bcomment\b[^>]*?\bref="%b".*?</%bcomment>' % (prefix, at, prefix)
    found = re.search(comment, comments, re.DOTALL)
    if not found or escape(text).encode() in found[0]:
        return comments
    more = _before_end(found[0], b"text", _run(f"\n{text}", prefix), prefix)
    return comments[: found.start()] + more + comments[found.end() :]


def _run(text: str, prefix: bytes) -> bytes:
    return b'<%br><%bt xml:space="preserve">%b</%bt></%br>' % (prefix, prefix, escape(text).encode(), prefix, prefix)
