"""Reads the XML parts of a workbook as a stream: no document type, no entities, a bounded number of elements."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from desk.imports.safety import Package, RefusalCode, refuse

MOST_ELEMENTS = 1_500_000


@dataclass(slots=True)
class Budget:
    """How many XML elements may still be met in this workbook."""

    left: int = MOST_ELEMENTS


class Part(ContentHandler):
    """Base of the readers below: names without their prefix, text gathered between `keep` and the element's end."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = Budget()
        self._kept: list[str] | None = None

    def keep(self) -> None:
        """Gather text from here on."""
        self._kept = []

    def kept(self) -> str:
        """The text gathered, which is then forgotten."""
        text = "".join(self._kept or ())
        self._kept = None
        return text

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.budget.left -= 1
        if self.budget.left < 0:
            refuse(RefusalCode.TOO_MANY_CELLS)
        self.open(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:
        self.close(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        if self._kept is not None:
            self._kept.append(content)

    def open(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins."""

    def close(self, name: str) -> None:
        """An element ends."""


def parse(chunks: Iterable[bytes], part: Part, budget: Budget) -> None:
    """Feed a member to its reader; malformed XML is a damaged file, a document type is refused."""
    part.budget = budget
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(part)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        refuse(RefusalCode.ENTITIES)
    except (SAXException, UnicodeError, LookupError):
        refuse(RefusalCode.DAMAGED)


def local(attrs: AttributesImpl, name: str) -> str:
    """An attribute by its name without prefix: r:id → id."""
    for key, value in attrs.items():
        if key.rpartition(":")[2] == name:
            return value
    return ""


class Relations(Part):
    """A .rels part: identifier → (last word of the type, target as a member's name)."""

    def __init__(self, owner: str) -> None:
        super().__init__()
        self._folder = dirname(owner)
        self.targets: dict[str, tuple[str, str]] = {}

    def open(self, name: str, attrs: AttributesImpl) -> None:
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            target = attrs.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(self._folder, target))
            self.targets[attrs.get("Id", "")] = (attrs.get("Type", "").rpartition("/")[2], path)


def relations(package: Package, owner: str, budget: Budget) -> dict[str, tuple[str, str]]:
    """The relations of a member; `owner` is empty for the package itself."""
    folder, _, name = owner.rpartition("/")
    path = join(folder, "_rels", f"{name}.rels")
    part = Relations(owner)
    if package.has(path):
        parse(package.chunks(path), part, budget)
    return part.targets


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    relation: str


class WorkbookPart(Part):
    """xl/workbook.xml: the sheets in their order, and whether days are counted from 1904."""

    def __init__(self) -> None:
        super().__init__()
        self.from_1904 = False
        self.sheets: list[SheetEntry] = []

    def open(self, name: str, attrs: AttributesImpl) -> None:
        if name == "workbookPr":
            self.from_1904 = attrs.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            hidden = attrs.get("state", "visible") != "visible"
            self.sheets.append(SheetEntry(attrs.get("name", ""), hidden, local(attrs, "id")))


class SharedStrings(Part):
    """xl/sharedStrings.xml: the texts by number, without the pronunciation hints."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._hint = False

    def open(self, name: str, attrs: AttributesImpl) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._hint = True
        elif name == "t" and not self._hint:
            self.keep()

    def close(self, name: str) -> None:
        if name == "t" and not self._hint:
            self._pieces.append(self.kept())
        elif name == "rPh":
            self._hint = False
        elif name == "si":
            self.texts.append("".join(self._pieces))


# Formats that Excel and WPS know by number in Chinese and do not write out: the first show a day,
# the second only year and month.
_DAY_FORMATS = frozenset({14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58})
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_PERCENT_FORMATS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(slots=True)
class Look:
    """What a number format makes of a number: a day, a month, a share, or a number with a unit behind it."""

    is_day: bool = False
    is_month: bool = False
    is_percent: bool = False
    unit: str = ""


def look_of(number: int, code: str) -> Look:
    """Read a number format; a format that scales (…,"万") shows no unit that could be trusted."""
    if not code:
        return Look(number in _DAY_FORMATS, number in _MONTH_FORMATS, number in _PERCENT_FORMATS)
    first = code.split(";")[0]
    bare = _LITERAL.sub("", first).lower()
    if "y" in bare or ("m" in bare and "d" in bare):
        return Look(is_day="d" in bare, is_month="d" not in bare)
    written = re.search("(亿元|万元|千元|元|亿|万)", first)
    scaled = bool(re.search(r"[0#?],+(?![0#?])|!", bare + first.replace('"', "")))
    return Look(is_percent="%" in bare, unit=written[1] if written and not scaled else "")


class Styles(Part):
    """xl/styles.xml: for each cell style what its number format makes of a number."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[Look] = []
        self._codes: dict[int, str] = {}
        self._inside = False

    def open(self, name: str, attrs: AttributesImpl) -> None:
        if name == "numFmt":
            self._codes[whole(attrs.get("numFmtId", ""))] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            number = whole(attrs.get("numFmtId", "0"))
            self.looks.append(look_of(number, self._codes.get(number, "")))

    def close(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


def whole(text: str) -> int:
    """A whole number as the format writes it; anything else means a damaged file."""
    if not re.fullmatch("[0-9]{1,10}", text):
        refuse(RefusalCode.DAMAGED)
    return int(text)
