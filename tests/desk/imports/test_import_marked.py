"""The workbook comes back with the found cells in yellow and commented, and with nothing else changed."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from desk.imports.findings import Code, Finding
from desk.imports.marked import mark_workbook
from desk.imports.workbook import read_sheets
from tests.desk.imports.workbooks import MAIN, book, opened, packed, parts, read, sample, saved

YELLOW = "FFFFF2A8"
LOOKS = ("value", "number_format", "font", "border", "alignment", "protection")


def finding(cell: str, *, sheet: str = "表一", cause: str = "金额没有写单位。", mend: str = "请补上单位。") -> Finding:
    return Finding(Code.AMOUNT_WITHOUT_UNIT, sheet, cell, "", cause, mend)


def marks(data: bytes) -> dict[tuple[str, str], str]:
    """The yellow cells with their comments."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text if cell.comment else ""
        for sheet in load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == YELLOW
    }


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert container.testzip() is None
        return {name: container.read(name) for name in container.namelist()}


def cells_but(xml: bytes, *marked: str) -> list[bytes]:
    """The cells of a sheet as they are written, without the marked ones."""
    cells = re.findall(rb"<c\b[^>]*?/>|<c\b.*?</c>", xml, re.DOTALL)
    return [cell for cell in cells if not any(b'r="%b"' % at.encode() in cell for at in marked)]


@pytest.fixture
def doubtful() -> bytes:
    made = opened(sample())
    made["议题申报汇总"]["G6"] = "约一亿"
    made["议题申报汇总"]["B8"] = None
    made["督办台账"]["E5"] = "水务局"
    made["督办台账"]["E5"].font = Font(bold=True)
    return saved(made)


def test_each_found_cell_is_yellow_and_says_cause_and_mend(doubtful):
    reading = read(doubtful)
    marked = marks(mark_workbook(doubtful, reading.findings))
    assert set(marked) == {("议题申报汇总", "B8"), ("议题申报汇总", "G6"), ("督办台账", "E5")}
    for found in reading.findings:
        assert marked[found.sheet, found.cell] == f"{found.cause}\n改正：{found.mend}"


def test_no_other_cell_and_no_other_part_is_changed(doubtful):
    before, after = members(doubtful), members(mark_workbook(doubtful, read(doubtful).findings))
    sheets = {"xl/worksheets/sheet4.xml": ("G6", "B8"), "xl/worksheets/sheet5.xml": ("E5",)}
    for name, content in before.items():
        if name in sheets:
            assert cells_but(content, *sheets[name]) == cells_but(after[name], *sheets[name])
        elif name not in ("xl/styles.xml", "[Content_Types].xml"):
            assert content == after[name], name


def test_the_marked_workbook_reads_as_before_and_keeps_the_look_of_its_cells(doubtful):
    reading = read(doubtful)
    marked = mark_workbook(doubtful, reading.findings)
    assert read(marked) == reading
    cell = load_workbook(io.BytesIO(marked))["督办台账"]["E5"]
    assert (cell.value, cell.font.bold) == ("水务局", True)


def test_the_offices_own_file_keeps_values_and_looks_of_all_cells_widths_and_merges():
    data = Path(__file__).with_name("云川区委台账.xlsx").read_bytes()
    found = {("委员名册", "G14"), ("议题申报汇总", "G7"), ("督办台账", "C40")}
    marked = mark_workbook(data, [finding(at, sheet=sheet) for sheet, at in found])
    assert set(marks(marked)) == found
    for before, after in zip(load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(marked)), strict=True):
        assert before.merged_cells.ranges == after.merged_cells.ranges
        for widths in ("column_dimensions", "row_dimensions"):
            assert {at: str(one) for at, one in getattr(before, widths).items()}.items() <= {
                at: str(one) for at, one in getattr(after, widths).items()
            }.items()
        for row in after.iter_rows():
            for cell in row:
                looks = LOOKS if (after.title, cell.coordinate) in found else (*LOOKS, "fill", "comment")
                old = before[cell.coordinate]
                assert [repr(getattr(cell, look)) for look in looks] == [repr(getattr(old, look)) for look in looks]


def test_marking_twice_says_each_thing_once(doubtful):
    findings = read(doubtful).findings
    once = mark_workbook(doubtful, findings)
    assert marks(mark_workbook(once, findings)) == marks(once)


def test_the_results_of_formulas_stay():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row>'
    marked = mark_workbook(packed(parts(rows, styles=STYLES)), [finding("A1")])
    assert b"<f>A1*2</f><v>2</v>" in members(marked)["xl/worksheets/sheet1.xml"]
    assert load_workbook(io.BytesIO(marked), data_only=True)["表一"]["B1"].value == 2


STYLES = (
    f'<styleSheet {MAIN}><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"><alignment wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="B2"><v>1</v></c></row>',
        '<row r="1"/><row r="2"><c r="A2"/><c r="B2" s="1" t="n"><v>1</v></c></row><row r="9"/>',
        "<row/><row><c/><c><v>1</v></c></row>",
        '<row r="1" ht="20"></row><row r="2" ht="20"><c r="B2"><v>1</v></c><c r="F2"><v>2</v></c></row>',
    ],
)
def test_cells_and_rows_that_are_not_there_are_put_in_their_place(rows):
    wanted = ["A1", "A2", "C2", "B2", "D5", "A12"]
    data = packed(parts(rows, styles=STYLES))
    marked = mark_workbook(data, [finding(at) for at in wanted])
    assert {at for _, at in marks(marked)} == set(wanted)
    (before,), (after,) = read_sheets(data), read_sheets(marked)
    assert after.rows == before.rows
    written = [cell.decode() for cell in re.findall(rb'r="([A-Z]+\d+)"', members(marked)["xl/worksheets/sheet1.xml"])]
    assert written == sorted(written, key=lambda at: (int(at.lstrip("ABCDEF")), at))


def test_an_empty_sheet_and_prefixed_names_can_be_marked():
    data = parts("", styles=STYLES) | {
        "xl/worksheets/sheet1.xml": f"<x:worksheet {MAIN.replace('xmlns', 'xmlns:x')}><x:sheetData/></x:worksheet>"
    }
    text = '<row r="1"><c r="A1"><v>1</v></c></row>'
    two = data["xl/workbook.xml"].replace("</sheets>", '<sheet name="表二" sheetId="2" r:id="r3"/></sheets>')
    links = data["xl/_rels/workbook.xml.rels"].replace(
        "</Rel", '<Relationship Id="r3" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Rel', 1
    )
    data |= {
        "xl/workbook.xml": two,
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet2.xml": parts(text)["xl/worksheets/sheet1.xml"],
    }
    marked = members(mark_workbook(packed(data), [finding("B3")]))["xl/worksheets/sheet1.xml"]
    assert b'<x:row r="3"><x:c r="B3" s="2"/></x:row>' in marked
    assert b"<x:legacyDrawing" in marked


def test_comments_that_were_there_stay_and_get_the_finding_below():
    made = opened({"表一": [["姓名", "金额"], ["甲", "12"]]})
    made["表一"]["B2"].comment = Comment("请核实", "周予安")
    made["表一"]["A2"].comment = Comment("已核", "周予安")
    marked = mark_workbook(saved(made), [finding("B2"), finding("B1")])
    sheet = load_workbook(io.BytesIO(marked))["表一"]
    assert sheet["A2"].comment.text == "已核"
    assert sheet["B2"].comment.text == "请核实\n金额没有写单位。\n改正：请补上单位。"
    assert sheet["B1"].comment.text == "金额没有写单位。\n改正：请补上单位。"
    assert sheet["B1"].comment.author == "议事"


def test_several_findings_of_one_cell_stand_in_one_comment_and_marks_are_escaped():
    findings = [finding("A1", cause="不认得“<甲&乙>”。"), finding("A1"), finding("A1")]
    (said,) = marks(mark_workbook(book({"表一": [["姓名"]]}), findings)).values()
    assert said == "不认得“<甲&乙>”。\n改正：请补上单位。\n\n金额没有写单位。\n改正：请补上单位。"


def test_the_link_to_the_comments_stands_where_the_format_wants_it():
    made = opened({"表一": [["姓名"], ["甲"]]})
    made["表一"].oddHeader.center.text = "台账"
    made["表一"].auto_filter.ref = "A1:A2"
    sheet = members(mark_workbook(saved(made), [finding("A1")]))["xl/worksheets/sheet1.xml"]
    order = re.findall(rb"<(sheetData|autoFilter|pageMargins|headerFooter|legacyDrawing|tableParts|extLst)\b", sheet)
    assert order.index(b"legacyDrawing") == len(order) - 1
    written = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        '<pageMargins left="1"/><tableParts count="0"/><extLst/></worksheet>'
    )
    tabled = packed(parts("", styles=STYLES) | {"xl/worksheets/sheet1.xml": written})
    sheet = members(mark_workbook(tabled, [finding("A1")]))["xl/worksheets/sheet1.xml"]
    assert sheet.index(b"pageMargins") < sheet.index(b"legacyDrawing") < sheet.index(b"tableParts")


def test_without_findings_the_workbook_stays_as_it_is():
    data = book(sample())
    assert members(mark_workbook(data, [])) == members(data)
