"""Sheets and columns are known by their words: other names, orders, headings and extra columns read the same."""

import random

import pytest

from desk.imports.cells import letters, position
from desk.imports.findings import Code, Severity
from desk.imports.sheets import plain_heading
from desk.imports.vocabulary import VOCABULARIES
from tests.desk.imports.workbooks import book, codes, opened, read, sample, saved, the_one, waits

OTHER_WORDS = {
    "姓 名": "姓　　名",
    "现任职务": "现任职务(岗位)",
    "任职时间": "当选日期",
    "类别": "类  别",
    "简称": "单位简称",
    "全称": "单位名称",
    "主要负责人": "负责人",
    "议题联络员": "联络员",
    "电话": "联系电话",
    "分管工作": "工作分工",
    "分管部门": "分管部门（单位）",
    "联系单位": "联系部门",
    "AB角": "A、B角",
    "议题名称": "议题",
    "提报单位": "申报单位",
    "申报日期": "提报时间",
    "涉及金额": "涉及资金",
    "是否三重一大": "是否属于“三重一大”事项",
    "汇报时长(分钟)": "汇报\n时长\n（分钟）",
    "拟上会议": "建议会议",
    "督办事项": "议定事项",
    "牵头单位": "责任单位",
    "配合单位": "协办单位",
    "办结时限": "完成时限",
    "最新进展": "进展情况",
}


def values(reading):
    """What was read, without where it stood."""

    def bare(rows):
        return [{name: getattr(row, name) for name in row.__slots__ if name not in ("line", "order")} for row in rows]

    divisions = [(one.basis, one.effective, bare(one.rows)) for one in reading.divisions]
    return [bare(reading.roster), bare(reading.units), divisions, bare(reading.items), bare(reading.follow_ups)]


AS_SENT = values(read(sample()))


def test_other_sheet_names_and_other_words_in_the_headings_read_the_same():
    sheets = {f"Sheet{at}": rows for at, rows in enumerate(sample().values(), 1)}
    for rows in sheets.values():
        rows[2] = [OTHER_WORDS.get(word, word) for word in rows[2]]
    reading = read(sheets)
    assert reading.findings == ()
    assert values(reading) == AS_SENT


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_columns_and_sheets_reads_the_same(seed):
    chance = random.Random(seed)  # noqa: S311  a repeatable order, not a secret
    sheets = list(sample().items())
    for _, rows in sheets:
        width = len(rows[2])
        order = chance.sample(range(width), width)
        for at, row in enumerate(rows[2:], 2):
            if len(row) > 1:
                full = row + [None] * (width - len(row))
                rows[at] = [full[column] for column in order]
    chance.shuffle(sheets)
    reading = read(dict(sheets))
    assert reading.findings == ()
    assert values(reading) == AS_SENT


def test_a_heading_further_down_and_to_the_right_is_found():
    sheets = {name: [[]] * 7 + [[None, None, *row] for row in rows] for name, rows in sample().items()}
    reading = read(sheets)
    assert reading.findings == ()
    assert values(reading) == AS_SENT


def test_columns_nobody_knows_are_kept_word_for_word():
    sheets = sample()
    rows = sheets["议题申报汇总"]
    rows[2] += ["备注", "秘书科意见"]
    rows[4] += ["附预算表", "可上会"]
    rows[5] += [None, "待补材料", "手写一句"]
    reading = read(sheets)
    assert reading.findings == ()
    assert reading.items[1].line.extra == {"备注": "附预算表", "秘书科意见": "可上会"}
    assert reading.items[2].line.extra == {"秘书科意见": "待补材料", "O列": "手写一句"}
    assert reading.items[1].line.verbatim["涉及金额"] == "486,300万元"


def test_a_heading_of_two_rows_with_merged_groups_is_read():
    sheets = sample()
    rows = sheets["督办台账"]
    group = [*rows[2][:8], "办理情况", None, None, "状态"]
    below = [None] * 8 + ["进度", "最新进展", "存在问题", None]
    sheets["督办台账"] = [*rows[:2], group, below, *rows[3:]]
    merged = [f"{letters(column)}3:{letters(column)}4" for column in (*range(1, 9), 12)]
    for merges in ([], ["I3:K3"], ["I3:K3", *merged]):
        reading = read(book(sheets, merges={"督办台账": merges}))
        assert reading.findings == ()
        assert values(reading) == AS_SENT


def test_cells_merged_downwards_hold_for_each_of_their_rows():
    sheets = sample()
    rows = sheets["督办台账"]
    for at in (4, 5):
        rows[at][2] = None
    for at in range(4, 14):
        sheets["委员名册"][at][4] = None
    reading = read(book(sheets, merges={"督办台账": ["C4:C6"], "委员名册": ["E4:E14"]}))
    assert reading.findings == ()
    assert [row.source for row in reading.follow_ups[:4]] == [f"2026年第{session}次" for session in (14, 14, 14, 16)]
    assert [row.kind for row in reading.roster] == [row["kind"] for row in AS_SENT[0]]


def test_a_finding_in_a_merged_cell_stands_once_and_stops_all_its_rows():
    sheets = sample()
    rows = sheets["督办台账"]
    rows[3][4] = "水务局"
    rows[4][4] = rows[5][4] = None
    reading = read(book(sheets, merges={"督办台账": ["E4:E6"]}))
    found = the_one(reading)
    assert (found.code, found.cell, found.lines) == (Code.UNKNOWN_UNIT, "E4", (4, 5, 6))
    assert [waits(reading, row.line) for row in reading.follow_ups] == [True] * 3 + [False] * 3


def test_sections_between_the_rows_stand_for_the_category():
    sheets = sample()
    rows = sheets["委员名册"]
    people = [[*row[:4], *row[5:]] for row in rows[3:49]]
    heading = [*rows[2][:4], *rows[2][5:]]
    sections = (
        (["一、常委（11名）"], *people[:11]),
        (["二、委员（29名）"], *people[11:40]),
        (["三、候补委员"], *people[40:]),
    )
    sheets["委员名册"] = [*rows[:2], heading, *(row for section in sections for row in section)]
    reading = read(sheets)
    assert reading.findings == ()
    assert [row.kind for row in reading.roster] == [row["kind"] for row in AS_SENT[0]]
    assert reading.roster[0].line.section == "一、常委（11名）"


def test_totals_notes_prepared_numbers_and_repeated_headings_are_no_rows():
    sheets = sample()
    rows = sheets["议题申报汇总"]
    rows.insert(9, list(rows[2]))
    rows += [
        [15],
        [16],
        ["合计", None, None, None, None, None, "616800万元"],
        ["注：金额为估算。"],
        ["填表人：周予安", None, None, "审核人：邵闻笛", None, None, "联系电话：8602001"],
        ["以下空白"],
    ]
    reading = read(sheets)
    assert reading.findings == ()
    assert len(reading.items) == 14
    assert {"合计", "616800万元", "注：金额为估算。", "审核人：邵闻笛"} <= {note.text for note in reading.notes}


def test_a_line_that_is_neither_row_nor_note_is_a_finding():
    sheets = sample()
    sheets["议题申报汇总"].append([None] * 12 + ["请尽快"])
    found = the_one(read(sheets))
    assert (found.code, found.cell, found.text) == (Code.ROW_UNKNOWN, "M18", "请尽快")


def test_a_second_table_in_a_sheet_is_a_finding_and_not_read_as_rows():
    sheets = sample()
    sheets["部门单位"] += [[], ["督办事项", "牵头单位", "办结时限", "进度"], ["修路", "住建局", "2026年12月1日", "10%"]]
    reading = read(sheets)
    assert codes(reading) == [(Code.SECOND_TABLE, "部门单位", "A40")]
    assert len(reading.units) == 35


def test_a_sheet_of_prose_is_noted_and_a_table_of_another_kind_is_a_finding():
    sheets = sample() | {"填表说明": [["一、请逐项填写。"], ["二、金额写明单位。"]]}
    reading = read(sheets)
    assert reading.findings == ()
    assert "二、金额写明单位。" in [note.text for note in reading.notes]
    sheets["车辆"] = [["车牌", "驾驶员"], ["某A1", "王某"], ["某A2", "李某"]]
    found = the_one(read(sheets))
    assert (found.code, found.sheet, found.severity) == (Code.SHEET_UNKNOWN, "车辆", Severity.SHEET)


def test_a_workbook_with_no_ledger_in_it_is_a_finding():
    assert the_one(read({"说明": [["请填写"]]})).code is Code.SHEET_UNKNOWN


def test_a_second_roster_is_a_finding_and_not_read():
    sheets = sample()
    sheets["名册（旧）"] = sheets["委员名册"][:6]
    reading = read(sheets)
    assert codes(reading) == [(Code.SHEET_TWICE, "名册（旧）", "A3")]
    assert len(reading.roster) == 46


def test_ledgers_may_come_month_by_month():
    sheets = sample()
    rows = sheets["议题申报汇总"]
    sheets["议题十二月"] = [*rows[:3], [1, "关于冬季供暖的汇报", *rows[5][2:]]]
    reading = read(sheets)
    assert reading.findings == ()
    assert len(reading.items) == 15


def test_a_hidden_ledger_is_not_read_and_said():
    made = opened(sample())
    made["督办台账"].sheet_state = "hidden"
    reading = read(saved(made))
    assert codes(reading) == [(Code.SHEET_HIDDEN, "督办台账", "A1")]
    assert reading.follow_ups == ()


def test_a_hidden_sheet_of_another_kind_is_noted():
    made = opened(sample() | {"下拉": [["常委会"], ["全委会"]]})
    made["下拉"].sheet_state = "hidden"
    reading = read(saved(made))
    assert reading.findings == ()
    assert any("隐藏" in note.text and note.sheet == "下拉" for note in reading.notes)


def test_hidden_rows_are_read_and_said():
    made = opened(sample())
    made["督办台账"].row_dimensions[5].hidden = True
    reading = read(saved(made))
    assert len(reading.follow_ups) == 6
    assert any("1行是隐藏的" in note.text for note in reading.notes)


def test_a_missing_column_is_said_once_for_the_sheet():
    sheets = sample()
    for row in sheets["议题申报汇总"][2:]:
        del row[10]
    found = the_one(read(sheets))
    assert (found.code, found.cell, found.severity) == (Code.COLUMN_MISSING, "A3", Severity.SHEET)
    assert "拟上会议" in found.cause


def test_two_columns_that_claim_to_be_the_same_are_a_finding():
    sheets = sample()
    rows = sheets["督办台账"]
    rows[2].append("完成时限")
    reading = read(sheets)
    found = the_one(reading)
    assert (found.code, found.cell, found.text) == (Code.COLUMN_TWICE, "M3", "完成时限")
    assert waits(reading, reading.follow_ups[0].line)


def test_a_weaker_word_gives_way_to_a_sure_one():
    sheets = sample()
    rows = sheets["督办台账"]
    rows[2].append("完成时间")
    rows[3].append("2026年10月30日")
    reading = read(sheets)
    assert reading.findings == ()
    assert reading.follow_ups[0].line.extra == {"完成时间": "2026年10月30日"}


def test_a_sheet_that_could_be_two_kinds_is_a_finding():
    found = the_one(read({"表": [["事项", "单位", "日期"], ["修路", "住建局", "2026年12月1日"]]}))
    assert found.code is Code.SHEET_UNDECIDED
    assert "“议题申报汇总”、“督办台账”" in found.cause


def test_headings_are_compared_without_blanks_marks_and_brackets():
    assert plain_heading("*姓　名") == ("姓名", "")
    assert plain_heading("A/B角")[0] == plain_heading("A、B角")[0] == plain_heading("ＡＢ角")[0] == "AB角"
    assert plain_heading("汇报时长（分钟）") == ("汇报时长", "分钟")


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_no_word_stands_for_two_fields_of_a_sheet(kind):
    for strength in ("sure", "weak"):
        words = [word for column in VOCABULARIES[kind].columns.values() for word in getattr(column, strength)]
        assert len(words) == len(set(words))
    assert all(plain_heading(word)[0] == word for column in VOCABULARIES[kind].columns.values() for word in column.sure)


def test_letters_and_positions_are_each_others_inverse():
    for column in (1, 26, 27, 52, 703, 16384):
        assert position(f"{letters(column)}7") == (7, column)
