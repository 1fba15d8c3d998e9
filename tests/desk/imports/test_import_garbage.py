"""Whatever stands in the cells, reading ends in rows and findings, loses no word, and does so in bounded time."""

import time
from collections import Counter
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.imports.marked import mark_workbook
from tests.desk.imports.workbooks import book, opened, read, sample, saved

SHEETS = sample()
WORDS = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
    st.text(
        alphabet="唐砺沈砚清区委财政局、，,（）()·　 2026年11月5日.-/亿万元%〔〕一二十届次是否合计注：", max_size=20
    ),
)
VALUES = st.one_of(
    st.none(),
    WORDS.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2049, 1, 1)),
)
CELLS = st.tuples(st.sampled_from(sorted(SHEETS)), st.integers(1, 55), st.integers(1, 14), VALUES)


@settings(max_examples=15, deadline=None)
@given(cells=st.lists(CELLS, min_size=1, max_size=12))
def test_any_change_to_any_cells_ends_in_rows_and_findings(cells):
    made = opened(sample())
    for sheet, row, column, value in cells:
        made[sheet].cell(row, column).value = value
    data = saved(made)
    reading = read(data)
    names = {sheet.title for sheet in made}
    for found in reading.findings:
        assert found.sheet in names
        assert found.cause.endswith("。")
        assert found.mend.endswith("。")
    assert read(mark_workbook(data, reading.findings)).findings == reading.findings


@settings(max_examples=15, deadline=None)
@given(cells=st.lists(st.tuples(st.integers(3, 18), st.integers(0, 13), WORDS), min_size=1, max_size=6))
def test_no_word_below_a_heading_is_lost(cells):
    """Every text of the agenda ledger is in a row, in a note, or in a finding."""
    sheets = sample()
    rows = sheets["议题申报汇总"]
    for row, column, text in cells:
        while len(rows) <= row:
            rows.append([])
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = text if text.strip() and not text.startswith("=") else None
    reading = read(sheets)
    kept = Counter(text.strip() for row in reading.items for text in row.line.verbatim.values())
    kept += Counter(note.text for note in reading.notes)
    kept += Counter(found.text.strip() for found in reading.findings)
    if any(found.code.value.startswith(("sheet", "second")) for found in reading.findings):
        return
    for at, row in enumerate(rows):
        for value in row if at > 2 else ():
            if isinstance(value, str) and value.strip() and row != rows[2]:
                assert kept[value.strip()], (at + 1, value)


def test_a_ledger_of_years_is_read_in_seconds():
    sheets = sample()
    items = [row for row in sheets["议题申报汇总"] if len(row) > 4][1:]
    for at in range(3_000):
        row = list(items[at % len(items)])
        row[0], row[1] = at, f"{row[1]}（{at}）"
        sheets["议题申报汇总"].append(row)
    data = book(sheets)
    start = time.process_time()
    reading = read(data)
    assert time.process_time() - start < 20
    assert len(reading.items) == 3_014


def test_a_ledger_in_which_nothing_is_right_is_read_and_marked_in_seconds():
    wrong = [
        1,
        "同一个议题",
        "无此局、亦无此局",
        "无此人、亦无此人",
        "无此类",
        "某日",
        "若干",
        "也许",
        "何人",
        "许久",
        "何会",
        "何法",
    ]
    sheets = sample()
    sheets["议题申报汇总"] += [list(wrong) for _ in range(1_000)]
    sheets["部门单位"] += [["同名局", "同名局", "无此类", "同名", "同名", "1"] for _ in range(1_000)]
    data = book(sheets)
    start = time.process_time()
    reading = read(data)
    mark_workbook(data, reading.findings)
    assert time.process_time() - start < 30
    assert len(reading.findings) > 10_000
