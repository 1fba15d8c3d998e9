"""Gives the office its own workbook back with the found cells filled and commented, every other cell as it was.

Spliced into the parts of the file and not saved through a spreadsheet library, which would drop the calculated
values of formulas, drawings and whatever else it does not know.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from desk.imports.cells import position
from desk.imports.findings import Finding
from desk.imports.marked_comments import add_comments, new_drawing
from desk.imports.marked_sheet import add_drawing_link, comment_parts, mark_cells, with_relation
from desk.imports.marked_styles import Fills
from desk.imports.parts import Budget, relations
from desk.imports.safety import LARGEST_SHEET, Package, load
from desk.imports.workbook import read_sheets

_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def mark_workbook(source: bytes | Path, findings: Iterable[Finding]) -> bytes:
    """The same workbook, each cell with a finding in yellow with a comment: the cause, and what would mend it."""
    data = load(source)
    members = {sheet.name: sheet.member for sheet in read_sheets(data)}
    package = Package(data)
    parts = _Parts(package)
    by_sheet: dict[str, dict[tuple[int, int], list[str]]] = {}
    for finding in findings:
        said = by_sheet.setdefault(members[finding.sheet], {}).setdefault(position(finding.cell), [])
        words = f"{finding.cause}\n改正：{finding.mend}"
        if words not in said:
            said.append(words)
    fills = Fills(parts.read(parts.styles) if parts.styles else b"")
    for number, (member, cells) in enumerate(sorted(by_sheet.items()), 1):
        _mark_sheet(parts, member, cells, fills, number)
    if parts.styles and by_sheet:
        parts.write(parts.styles, fills.written())
    return parts.packed()


class _Parts:
    """The members of the file with those that were changed or added."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._changed: dict[str, bytes] = {}
        budget = Budget()
        main = next(path for kind, path in relations(package, "", budget).values() if kind == "officeDocument")
        targets = relations(package, main, budget).values()
        self.styles = next((path for kind, path in targets if kind == "styles" and package.has(path)), "")

    def read(self, name: str) -> bytes:
        if name not in self._changed and not self._package.has(name):
            return b""
        return self._changed.get(name) or self._package.read(name, limit=LARGEST_SHEET)

    def write(self, name: str, data: bytes) -> None:
        self._changed[name] = data

    def declare(self, name: str) -> None:
        """Say the content type of a new part."""
        types = self.read(_TYPES)
        words = f'<Override PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>'
        if name.endswith(".vml"):
            words = f'<Default Extension="vml" ContentType="{_DRAWING_TYPE}"/>'
            if b'Extension="vml"' in types:
                return
        at = types.rindex(b"</")
        self.write(_TYPES, types[:at] + words.encode() + types[at:])

    def packed(self) -> bytes:
        """The container with every member in its old order, new ones at the end; the same bytes at any hour."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in dict.fromkeys((*self._package.names, *self._changed)):
                packed.writestr(zipfile.ZipInfo(name), self.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _mark_sheet(parts: _Parts, member: str, cells: dict[tuple[int, int], list[str]], fills: Fills, number: int) -> None:
    """One sheet: its cells, its comments, and the drawing that shows them."""
    sheet = mark_cells(parts.read(member), set(cells), fills.filled)
    folder, _, name = member.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    comments, drawing = comment_parts(sheet, parts.read(links), member)
    if not drawing:
        drawing = f"xl/drawings/markedDrawing{number}.vml"
        parts.write(drawing, new_drawing())
        parts.declare(drawing)
        changed, link = with_relation(parts.read(links), "vmlDrawing", f"/{drawing}")
        parts.write(links, changed)
        sheet = add_drawing_link(sheet, link)
    if not comments:
        comments = f"xl/markedComments{number}.xml"
        parts.declare(comments)
        changed, _ = with_relation(parts.read(links), "comments", f"/{comments}")
        parts.write(links, changed)
    told = {at: "\n\n".join(words) for at, words in cells.items()}
    written, drawn = add_comments(parts.read(comments), parts.read(drawing), told)
    parts.write(comments, written)
    parts.write(drawing, drawn)
    parts.write(member, sheet)
