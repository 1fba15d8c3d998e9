"""Changes the XML of one worksheet at the marked cells and nowhere else."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from xml.parsers import expat

from desk.imports.cells import letters, position
from desk.imports.parts import Budget, Relations, parse

_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(/?)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*>")
_NUMBER = re.compile(rb'\sr="([^"]+)"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_DRAWING_LINK = re.compile(rb'<(?:\w+:)?legacyDrawing\b[^>]*?\bid="([^"]+)"')
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What stands behind the link to the drawing of comments in a worksheet, in the order of the format.
_BEHIND = frozenset(
    {
        "legacyDrawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)


def utf8(xml: bytes) -> bytes:
    """The part in UTF-8, in which tags can be found byte by byte."""
    if not xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml
    return re.sub(rb"^<\?xml[^>]*\?>", b"", xml.decode("utf-16").encode())


def mark_cells(xml: bytes, cells: set[tuple[int, int]], filled: Callable[[int], int]) -> bytes:
    """Give these cells their filled style; a cell or row that is not there yet is put in its place, empty."""
    xml = utf8(xml)
    data = _DATA.search(xml)
    if not data:
        return xml
    prefix = data[1]
    if data[2]:
        opened = b"<%bsheetData></%bsheetData>" % (prefix, prefix)
        return mark_cells(xml[: data.start()] + opened + xml[data.end() :], cells, filled)
    end = xml.rindex(b"</%bsheetData" % prefix)
    wanted: dict[int, set[int]] = {}
    for row, column in cells:
        wanted.setdefault(row, set()).add(column)
    pieces, done, at = [], 0, 0
    for number, start, stop in _rows(xml, data.end(), end):
        for missing in sorted(row for row in wanted if at < row < number):
            pieces += [xml[done:start], _new_row(missing, wanted[missing], prefix, filled)]
            done = start
        if number in wanted:
            pieces += [xml[done:start], _marked_row(xml[start:stop], number, wanted[number], prefix, filled)]
            done = stop
        at = number
    pieces.append(xml[done:end])
    pieces += [_new_row(row, wanted[row], prefix, filled) for row in sorted(wanted) if row > at]
    return b"".join((*pieces, xml[end:]))


def _rows(xml: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, beginning and end of each row, with whatever stands up to the next."""
    number, begun = 0, -1
    for tag in _ROW.finditer(xml, start, end):
        if begun >= 0:
            yield number, begun, tag.start()
        written = _NUMBER.search(tag[0])
        number, begun = int(written[1]) if written else number + 1, tag.start()
    if begun >= 0:
        yield number, begun, end


def _new_row(row: int, columns: set[int], prefix: bytes, filled: Callable[[int], int]) -> bytes:
    cells = b"".join(_new_cell(row, column, prefix, filled) for column in sorted(columns))
    return b'<%brow r="%d">%b</%brow>' % (prefix, row, cells, prefix)


def _new_cell(row: int, column: int, prefix: bytes, filled: Callable[[int], int]) -> bytes:
    return b'<%bc r="%b%d" s="%d"/>' % (prefix, letters(column).encode(), row, filled(0))


def _marked_row(xml: bytes, row: int, columns: set[int], prefix: bytes, filled: Callable[[int], int]) -> bytes:
    tag = _ROW.match(xml)
    if tag is None or tag[0].endswith(b"/>"):
        opened = xml[: tag.end() - 2] + b">" if tag else b""
        cells = b"".join(_new_cell(row, column, prefix, filled) for column in sorted(columns))
        return opened + cells + b"</%brow>" % prefix + (xml[tag.end() :] if tag else b"")
    end = xml.rindex(b"</%brow" % prefix)
    pieces, done, at, left = [], 0, 0, set(columns)
    for cell in _CELL.finditer(xml, tag.end(), end):
        written = _NUMBER.search(cell[0])
        at = position(written[1].decode())[1] if written else at + 1
        for column in sorted(column for column in left if column < at):
            pieces += [xml[done : cell.start()], _new_cell(row, column, prefix, filled)]
            done = cell.start()
            left.discard(column)
        if at in left:
            pieces += [xml[done : cell.start()], _restyled(cell[0], filled)]
            done = cell.end()
            left.discard(at)
    pieces.append(xml[done:end])
    pieces += [_new_cell(row, column, prefix, filled) for column in sorted(left)]
    return b"".join((*pieces, xml[end:]))


def _restyled(tag: bytes, filled: Callable[[int], int]) -> bytes:
    style = _STYLE.search(tag)
    if style:
        return tag[: style.start(1)] + b"%d" % filled(int(style[1])) + tag[style.end(1) :]
    name = re.match(rb"<(?:\w+:)?c\b", tag)
    at = name.end() if name else 0
    return tag[:at] + b' s="%d"' % filled(0) + tag[at:]


def add_drawing_link(xml: bytes, link: str) -> bytes:
    """Name the drawing of comments in the worksheet, at the one place where the format allows it."""
    xml = utf8(xml)
    data = _DATA.search(xml)
    prefix = data[1] if data else b""
    at = _place_of_link(xml)
    return (
        xml[:at]
        + b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>' % (prefix, _RELATIONS.encode(), link.encode())
        + xml[at:]
    )


def _place_of_link(xml: bytes) -> int:
    """Before the first child of the worksheet that has to stand behind, else at the end of the worksheet."""
    depth, places = 0, []
    parser = expat.ParserCreate()

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth
        if depth == 1 and name.rpartition(":")[2] in _BEHIND:
            places.append(parser.CurrentByteIndex)
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            places.append(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    return places[0]


def comment_parts(xml: bytes, links: bytes, owner: str) -> tuple[str, str]:
    """The members that hold a sheet's comments and the drawing that shows them, as far as there are any."""
    part = Relations(owner)
    if links:
        parse([links], part, Budget())
    comments = next((path for kind, path in part.targets.values() if kind == "comments"), "")
    link = _DRAWING_LINK.search(utf8(xml))
    return comments, part.targets[link[1].decode()][1] if link else ""


def with_relation(xml: bytes, kind: str, target: str) -> tuple[bytes, str]:
    """A .rels part with one link more, and the identifier of that link."""
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    xml = utf8(xml) or empty
    if xml.rstrip().endswith(b"/>"):
        xml = empty
    link = next(name for number in count(1) if f'"{(name := f"marked{number}")}"'.encode() not in xml)
    words = f'<Relationship Id="{link}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    at = xml.rindex(b"</")
    prefix = xml[at + 2 : xml.rindex(b"Relationships")].decode()
    words = words.replace("<Relationship", f"<{prefix}Relationship", 1)
    return xml[:at] + words.encode() + xml[at:], link
