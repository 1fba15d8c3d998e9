"""Makes workbooks for the tests: from rows, or part by part where a program that writes them well would not."""

import copy
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from desk.imports.findings import Code, Finding, Severity
from desk.imports.lines import Line
from desk.imports.names import Body, Known
from desk.imports.reading import Reading, read_workbook

SAMPLE = Path(__file__).with_name("云川区委台账.xlsx")
TODAY = date(2026, 11, 16)
_MATTERS = {
    Body.STANDING_COMMITTEE: (
        "传达贯彻上级 提请全委会事项 经济社会发展重大问题 财政预决算及调整 规划、国土、生态 体制机制和机构改革",
        "重大项目 大额资金 干部推荐任免奖惩 党建与从严治党 意识形态、统战、群团、武装",
        "稳定、应急、重大事故 纪律处分、请示报告及其他",
    ),
    Body.PLENARY_SESSION: (
        "年度工作报告 发展战略规划 党建重大问题 选举及递补 决定召开党代会",
        "票决重要岗位正职 常委会提请事项",
    ),
    Body.SECRETARY_MEETING: ("常委会议题准备 干部方案酝酿 常委会决定的协调落实 巡察和重大案件情况听取 应急沟通",),
}
MATTERS = {matter: frozenset({body}) for body, words in _MATTERS.items() for line in words for matter in line.split()}

Rows = list[list[object]]


@cache
def _sample() -> dict[str, Rows]:
    return {sheet.title: [_values(row) for row in sheet.values] for sheet in load_workbook(SAMPLE)}


def _values(row: tuple[object, ...]) -> list[object]:
    """A row of cells without the empty ones at its end."""
    last = max((at for at, value in enumerate(row, 1) if value is not None), default=0)
    return [value.date() if isinstance(value, datetime) else value for value in row[:last]]


def sample() -> dict[str, Rows]:
    """The ledgers of the demo district as the office wrote them, row by row, to be changed by a test."""
    return copy.deepcopy(_sample())


def book(sheets: Mapping[str, Rows], *, merges: Mapping[str, Iterable[str]] | None = None) -> bytes:
    """The file of a workbook with these rows."""
    return saved(opened(sheets, merges=merges))


def opened(sheets: Mapping[str, Rows], *, merges: Mapping[str, Iterable[str]] | None = None) -> Workbook:
    """A workbook with these rows, to be changed before it is saved."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    return made


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(sheets: Mapping[str, Rows] | bytes, **known: object) -> Reading:
    """Read rows or a file against the committee's matters and whatever else is known."""
    data = sheets if isinstance(sheets, bytes) else book(sheets)
    return read_workbook(data, known=Known(**{"matters": MATTERS, **known}), today=TODAY)


def codes(reading: Reading) -> list[tuple[Code, str, str]]:
    """The findings as (code, sheet, cell)."""
    return [(found.code, found.sheet, found.cell) for found in reading.findings]


def the_one(reading: Reading) -> Finding:
    """The only finding."""
    assert len(reading.findings) == 1, reading.findings
    return reading.findings[0]


def waits(reading: Reading, line: Line) -> bool:
    """Whether a row waits for a finding of its own or of its whole sheet."""
    return any(
        found.sheet == line.sheet and (line.number in found.lines or found.severity is Severity.SHEET)
        for found in reading.findings
    )


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_LINK = (
    '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BOOK = (
    f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def parts(sheet_data: str | bytes, *, styles: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet with this <sheetData>, to be changed before `packed`."""
    inner = sheet_data.encode() if isinstance(sheet_data, str) else sheet_data
    links = _LINK.format("r1", "worksheet", "worksheets/sheet1.xml") + _LINK.format("r2", "styles", "styles.xml")
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _LINKS.format(_LINK.format("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _LINKS.format(links),
        "xl/styles.xml": styles or f'<styleSheet {MAIN}><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>".encode() + inner + b"</sheetData></worksheet>",
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip container of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return out.getvalue()
