"""Files that are not a workbook, or not a safe one, are refused with a sentence, in bounded time and memory."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from desk.imports.names import Known
from desk.imports.reading import read_workbook
from desk.imports.safety import LARGEST_FILE, MOST_MEMBERS, REASONS, RefusalCode, WorkbookRefused
from desk.imports.workbook import MOST_CELLS, read_sheets
from tests.desk.imports.workbooks import MAIN, MATTERS, TODAY, book, packed, parts, sample

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CODES = ("utf-8", "gb18030")


def refusal(data) -> RefusalCode:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(data, known=Known(MATTERS), today=TODAY)
    assert refused.value.message == REASONS[refused.value.code]
    return refused.value.code


_MEASURED = """
import resource, sys, time
from datetime import date
from pathlib import Path
from desk.imports.names import Known
from desk.imports.reading import read_workbook
from desk.imports.safety import WorkbookRefused

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

start, before = time.process_time(), peak()
try:
    reading = read_workbook(Path(sys.argv[1]), known=Known({}), today=date(2026, 11, 16))
    said = " ".join(str(row.line.number) for row in reading.follow_ups)
except WorkbookRefused as refused:
    said = refused.code.value
print(time.process_time() - start, peak() - before, said)
"""


@pytest.fixture
def measured(tmp_path):
    """Reads a file in a process of its own: the CPU seconds, the megabytes it grew by, the refusal or the rows read."""

    def run(data: bytes) -> tuple[float, float, str]:
        file = tmp_path / "ledger.xlsx"
        file.write_bytes(data)
        command = [sys.executable, "-c", _MEASURED, file]
        out = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[3])
        seconds, megabytes, said = out.stdout.split(maxsplit=2)
        return float(seconds), float(megabytes), said.strip()

    return run


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", RefusalCode.EMPTY),
        (b"\0" * 100, RefusalCode.EMPTY),
        (OLE + "EncryptedPackage".encode("utf-16-le"), RefusalCode.ENCRYPTED),
        (OLE + "Workbook".encode("utf-16-le"), RefusalCode.OLD_FORMAT),
        (OLE + "Book".encode("utf-16-le"), RefusalCode.OLD_FORMAT),
        (OLE + "WordDocument".encode("utf-16-le"), RefusalCode.NOT_A_WORKBOOK),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", RefusalCode.OLD_FORMAT),
        ("姓名,职务\n沈砚清,区委书记\n".encode("gb18030"), RefusalCode.PLAIN_TEXT),
        ("\ufeff姓名\t职务\n".encode(), RefusalCode.PLAIN_TEXT),
        *(
            (("一" * cut + "姓名,职务\n" * 900).encode(code), RefusalCode.PLAIN_TEXT)
            for code in CODES
            for cut in range(4)
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", RefusalCode.WEB_PAGE),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            RefusalCode.WEB_PAGE,
        ),
        (b"%PDF-1.7\n\x00\x01\x02", RefusalCode.NOT_A_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), RefusalCode.NOT_A_WORKBOOK),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(data, code):
    assert refusal(data) is code


def test_every_refusal_is_a_sentence_that_says_what_to_do():
    assert set(REASONS) == set(RefusalCode)
    assert all(reason.endswith("。") and "请" in reason for reason in REASONS.values())


def test_another_office_file_in_a_zip_is_no_workbook():
    assert refusal(packed({"word/document.xml": "<w/>"})) is RefusalCode.NOT_A_WORKBOOK
    assert refusal(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) is RefusalCode.OTHER_FORMAT
    assert refusal(packed({"xl/workbook.bin": b"\x01"})) is RefusalCode.OTHER_FORMAT


def test_a_workbook_with_macros_is_refused():
    assert refusal(packed(parts("") | {"xl/vbaProject.bin": b"\x01"})) is RefusalCode.MACROS
    assert refusal(packed(parts("") | {"xl/macrosheets/sheet1.xml": "<x/>"})) is RefusalCode.MACROS
    members = parts("")
    types = members["[Content_Types].xml"].replace(".sheet.main+xml", ".sheet.macroEnabled.main+xml")
    assert refusal(packed(members | {"[Content_Types].xml": types})) is RefusalCode.MACROS


def test_a_file_of_60_megabytes_is_refused_unread(measured):
    seconds, megabytes, said = measured(bytes(60 * 1024 * 1024))
    assert said == RefusalCode.TOO_LARGE
    assert seconds < 1
    assert megabytes < 10
    assert refusal(bytes(LARGEST_FILE + 1)) is RefusalCode.TOO_LARGE


def test_a_damaged_file_is_refused_wherever_it_is_cut_or_changed():
    data = book(sample())
    for end in range(4, len(data), 997):
        assert refusal(data[:end]) is RefusalCode.DAMAGED
    for at in range(30, len(data), 501):
        changed = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            read_workbook(changed, known=Known(MATTERS), today=TODAY)
        except WorkbookRefused as refused:
            assert refused.code is not RefusalCode.PLAIN_TEXT


def test_broken_xml_and_missing_parts_are_damage():
    assert refusal(packed(parts("<row><c></row>"))) is RefusalCode.DAMAGED
    assert refusal(packed(parts('<row r="1"><c r="一"><v>1</v></c></row>'))) is RefusalCode.DAMAGED
    assert refusal(packed(parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))) is RefusalCode.DAMAGED
    members = parts("")
    del members["xl/worksheets/sheet1.xml"]
    assert refusal(packed(members)) is RefusalCode.DAMAGED


def test_a_member_locked_with_a_password_is_refused():
    data = bytearray(packed(parts("")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at] |= 1
    assert refusal(bytes(data)) is RefusalCode.ENCRYPTED


def test_external_entities_and_any_document_type_are_refused():
    members = parts('<row r="1"><c r="A1" t="inlineStr"><is><t>&file;</t></is></c></row>')
    evil = b'<!DOCTYPE worksheet [<!ENTITY file SYSTEM "file:///etc/hostname">]>' + members["xl/worksheets/sheet1.xml"]
    assert refusal(packed(members | {"xl/worksheets/sheet1.xml": evil})) is RefusalCode.ENTITIES
    laughs = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    assert refusal(packed(parts("") | {"xl/workbook.xml": laughs})) is RefusalCode.ENTITIES


def test_a_declared_bomb_is_refused_without_inflating_it(measured):
    data = packed(parts(b" " * (120 * 1024 * 1024)))
    assert len(data) < 1024 * 1024
    seconds, megabytes, said = measured(data)
    assert said == RefusalCode.BOMB
    assert seconds < 1
    assert megabytes < 10


def test_a_bomb_that_lies_about_its_size_is_stopped_while_inflating(measured):
    data = bytearray(packed(parts("") | {"xl/workbook.xml": b" " * (120 * 1024 * 1024)}))
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 61] != b"xl/workbook.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    _, megabytes, said = measured(bytes(data))
    assert said in (RefusalCode.BOMB, RefusalCode.DAMAGED)
    assert megabytes < 20


def test_a_container_with_countless_members_is_refused():
    members = {f"xl/media/{number}": b"" for number in range(MOST_MEMBERS + 1)}
    assert refusal(packed(parts("") | members)) is RefusalCode.BOMB


def test_a_workbook_without_anything_in_it_is_refused():
    assert refusal(packed(parts(""))) is RefusalCode.NOTHING_IN_IT
    assert refusal(packed(parts('<row r="1"><c r="A1" s="0"/></row>'))) is RefusalCode.NOTHING_IN_IT


def test_too_many_sheets_or_columns_are_refused():
    assert refusal(book({f"表{number}": [["姓名"]] for number in range(51)})) is RefusalCode.TOO_MANY_SHEETS
    assert refusal(book({"表": [["姓名"] * 300]})) is RefusalCode.TOO_MANY_CELLS


def text_cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def follow_up_rows(first: int) -> str:
    heading = "".join(
        text_cell(f"{at}1", word) for at, word in zip("ABC", ("督办事项", "牵头单位", "办结时限"), strict=True)
    )
    row = (
        text_cell(f"A{first}", "修复道路") + text_cell(f"B{first}", "住建局") + text_cell(f"C{first}", "2026年12月1日")
    )
    return f'<row r="1">{heading}</row>{{}}<row r="{first}">{row}</row>'


@pytest.mark.long
@pytest.mark.parametrize("cells", ["", "ABCDEFGH"])
def test_a_million_empty_rows_are_passed_over_and_the_row_behind_them_is_read(cells, measured):
    """Rows with a height, and rows of formatted cells, as a program leaves them that formatted whole columns."""
    last = 1_048_576 if not cells else 300_000
    row = '<row r="{0}" spans="1:8" ht="15.6">' + "".join(f'<c r="{at}{{0}}" s="0"/>' for at in cells) + "</row>"
    empty = "".join(row.format(number) for number in range(2, last))
    seconds, megabytes, said = measured(packed(parts(follow_up_rows(last).format(empty))))
    assert said == str(last)
    assert seconds < 10
    assert megabytes < 60


@pytest.mark.long
def test_a_million_rows_in_a_form_that_cannot_be_passed_over_are_refused_in_time(measured):
    cells = "".join(f"<row><c s='{number % 977}'/></row>" for number in range(1_000_000))
    seconds, megabytes, said = measured(packed(parts(cells)))
    assert said == RefusalCode.TOO_MANY_CELLS
    assert seconds < 40
    assert megabytes < 60


def test_too_many_filled_cells_are_refused(measured):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, MOST_CELLS + 2))
    seconds, megabytes, said = measured(packed(parts(rows)))
    assert said == RefusalCode.TOO_MANY_CELLS
    assert seconds < 40
    assert megabytes < 300


def test_one_merged_area_over_the_whole_sheet_costs_nothing():
    rows = follow_up_rows(9).format("")
    members = parts(rows)
    sheet = members["xl/worksheets/sheet1.xml"]
    merged = sheet.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="E1:XFD1048576"/></mergeCells></worksheet>')
    reading = read_workbook(packed(members | {"xl/worksheets/sheet1.xml": merged}), known=Known(MATTERS), today=TODAY)
    assert len(reading.follow_ups) == 1


def test_chinese_builtin_date_formats_are_dates_and_a_month_alone_is_none():
    """31 is 2026年11月5日 and 57 is 2026年11月; neither is written out in the file."""
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 31, 57, 10))
    styles = f'<styleSheet {MAIN}><cellXfs count="4">{xfs}</cellXfs></styleSheet>'
    cells = "".join(
        f'<c r="{at}1" s="{style}"><v>{number}</v></c>'
        for at, style, number in zip("ABCD", range(4), (46331, 46331, 46331, 0.7), strict=True)
    )
    (sheet,) = read_sheets(packed(parts(f'<row r="1">{cells}</row>', styles=styles)))
    assert [cell.text for cell in sheet.rows[1].values()] == ["46331", "2026-11-05", "2026年11月", "70%"]


@pytest.mark.parametrize(
    ("number", "text"), [(46331, "2026-11-05"), (46331.4, "2026-11-05 09:36"), (46331.999999, "2026-11-06")]
)
@pytest.mark.parametrize("from_1904", [False, True])
def test_a_day_is_a_number_of_days_since_1900_or_1904_with_the_clock_behind(number, text, from_1904):
    styles = f'<styleSheet {MAIN}><cellXfs count="1"><xf numFmtId="14"/></cellXfs></styleSheet>'
    cell = f'<row r="1"><c r="A1"><v>{number - 1462 * from_1904}</v></c></row>'
    members = parts(cell, styles=styles)
    if from_1904:
        main = members["xl/workbook.xml"]
        members["xl/workbook.xml"] = main.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    (sheet,) = read_sheets(packed(members))
    assert sheet.rows[1][1].text == text


def test_characters_that_are_no_text_fall_away_so_that_they_can_be_kept():
    (sheet,) = read_sheets(packed(parts(f'<row r="1">{text_cell("A1", "唐_x0000_砺_xD800__x000A_甲_x4E59_")}</row>')))
    assert sheet.rows[1][1].text == "唐砺\n甲乙"


def test_a_number_format_that_shows_money_gives_the_unit_unless_it_scales():
    codes = ('0.0"万元"', '#,##0.00,,"亿元"', '0!.0,"万元"', '"¥"#,##0.00')
    formats = "".join(f"<numFmt numFmtId='{200 + at}' formatCode='{code}'/>" for at, code in enumerate(codes))
    xfs = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(4))
    styles = f'<styleSheet {MAIN}><numFmts count="4">{formats}</numFmts><cellXfs count="4">{xfs}</cellXfs></styleSheet>'
    cells = "".join(f'<c r="{at}1" s="{style}"><v>1200</v></c>' for style, at in enumerate("ABCD"))
    (sheet,) = read_sheets(packed(parts(f'<row r="1">{cells}</row>', styles=styles)))
    assert [cell.unit for cell in sheet.rows[1].values()] == ["万元", "", "", ""]


def test_prefixed_and_unnumbered_cells_are_read_where_they_stand():
    members = parts("")
    data = "<x:sheetData><x:row><x:c/><x:c><x:v>5</x:v></x:c></x:row></x:sheetData>"
    sheet = f"<x:worksheet {MAIN.replace('xmlns', 'xmlns:x')}>{data}</x:worksheet>"
    (read,) = read_sheets(packed(members | {"xl/worksheets/sheet1.xml": sheet}))
    assert {cell.at: cell.value for cell in read.rows[1].values()} == {"B1": 5}
