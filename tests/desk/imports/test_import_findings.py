"""What would have to be guessed is a finding: where it stands, what stood there, why, and what would mend it."""

from datetime import date

import pytest

from desk.imports.findings import Code, Finding, joined
from desk.imports.names import Body, Person, Unit
from desk.imports.roster import SeatKind
from tests.desk.imports.workbooks import codes, opened, read, sample, saved, the_one, waits

ROSTER, UNITS, DIVISION, AGENDA, FOLLOW_UP = sample()


def changed(sheet: str, at: str, value: object):
    """The sample with one cell changed, read."""
    made = opened(sample())
    made[sheet][at] = value
    return read(saved(made))


@pytest.mark.parametrize(
    ("sheet", "at", "value", "code"),
    [
        # dates
        (ROSTER, "G14", "2026年9月31日", Code.IMPOSSIBLE_DATE),
        (ROSTER, "G14", "9月2日", Code.YEAR_UNKNOWN),
        (ROSTER, "G14", None, Code.MISSING),
        (AGENDA, "F5", "11.5", Code.UNCLEAR_DATE),
        (AGENDA, "F5", "12月5日", Code.YEAR_UNKNOWN),
        (AGENDA, "F5", 46331, Code.UNCLEAR_DATE),
        (FOLLOW_UP, "H9", "年底前", Code.UNCLEAR_DATE),
        (FOLLOW_UP, "H9", date(2026, 10, 1), Code.DEADLINE_BEFORE_START),
        # money, minutes, shares, terms
        (AGENDA, "G6", "2.6", Code.AMOUNT_WITHOUT_UNIT),
        (AGENDA, "G6", 26000, Code.AMOUNT_WITHOUT_UNIT),
        (AGENDA, "G6", "约一亿", Code.UNCLEAR_AMOUNT),
        (AGENDA, "G6", "若干", Code.UNCLEAR_AMOUNT),
        (AGENDA, "J6", "一刻钟", Code.UNCLEAR_DURATION),
        (FOLLOW_UP, "I5", "过半", Code.UNCLEAR_PERCENT),
        (FOLLOW_UP, "I5", 1, Code.UNCLEAR_PERCENT),
        (ROSTER, "H14", "本届", Code.UNCLEAR_TERM),
        (ROSTER, "H14", "7届", Code.TERM_DIFFERS),
        # closed words
        (ROSTER, "C14", "先生", Code.UNCLEAR_CHOICE),
        (ROSTER, "E14", "顾问", Code.UNCLEAR_CHOICE),
        (ROSTER, "E14", None, Code.MISSING),
        (UNITS, "C8", "神秘单位", Code.UNCLEAR_CHOICE),
        (AGENDA, "H6", "是(重大活动)", Code.UNCLEAR_CHOICE),
        (AGENDA, "K6", "区政府常务会议", Code.UNCLEAR_CHOICE),
        # what must be there
        (ROSTER, "B14", None, Code.MISSING),
        (AGENDA, "B6", None, Code.MISSING),
        (AGENDA, "B6", "　", Code.MISSING),
        (AGENDA, "C6", None, Code.MISSING),
        (AGENDA, "E6", None, Code.MISSING),
        (AGENDA, "K6", None, Code.MISSING),
        (FOLLOW_UP, "B6", None, Code.MISSING),
        (FOLLOW_UP, "E6", "无", Code.MISSING),
        (UNITS, "C8", None, Code.MISSING),
        (DIVISION, "A15", None, Code.MISSING),
        # names
        (UNITS, "E8", "宁远 13800000000", Code.UNCLEAR_NAME),
        (UNITS, "D8", "唐砺局长", Code.UNCLEAR_NAME),
        (DIVISION, "F8", "苏文珩", Code.OWN_SUBSTITUTE),
        (DIVISION, "F8", "顾维祯", Code.UNKNOWN_PERSON),
        (DIVISION, "A17", "邬斯远", Code.UNKNOWN_PERSON),
        (DIVISION, "A17", "祁连山", Code.ROW_TWICE),
        (DIVISION, "D17", "司法局、应急局", Code.UNKNOWN_UNIT),
        (DIVISION, "E15", "团区委和妇联", Code.UNKNOWN_UNIT),
        (AGENDA, "C6", "区住建", Code.UNKNOWN_UNIT),
        (AGENDA, "D6", "岑以宁 闻人澈", Code.UNKNOWN_PERSON),
        (AGENDA, "I6", "丁铸", Code.UNKNOWN_PERSON),
        (FOLLOW_UP, "F7", "司法局、各镇街", Code.UNKNOWN_UNIT),
        # bodies and matters
        (AGENDA, "K10", "全委会", Code.BODY_MAY_NOT_DECIDE),
        (AGENDA, "K11", "常委会", Code.BODY_MAY_NOT_DECIDE),
        (AGENDA, "K10", "书记专题会", Code.BODY_MAY_NOT_DECIDE),
        (AGENDA, "E6", "大型活动", Code.UNKNOWN_MATTER),
        # twice
        (FOLLOW_UP, "A5", "督[2026]1号", Code.ROW_TWICE),
        (DIVISION, "A2", "2026年9月10日区委常委会第14次会议通过", Code.BASIS_MISSING),
        (DIVISION, "A2", "2026年9月10日区委常委会第14次会议通过，自印发之日起执行", Code.BASIS_MISSING),
        # formulas
        (AGENDA, "G6", "=SUM(1,2)", Code.FORMULA_WITHOUT_VALUE),
        (AGENDA, "B6", '="关于"&"城东学校"', Code.FORMULA_WITHOUT_VALUE),
        (AGENDA, "G6", "#REF!", Code.ERROR_VALUE),
        (FOLLOW_UP, "H9", "#VALUE!", Code.ERROR_VALUE),
    ],
)
def test_one_doubtful_cell_is_one_finding_at_that_cell(sheet, at, value, code):
    reading = changed(sheet, at, value)
    found = the_one(reading)
    assert (found.code, found.sheet, found.cell) == (code, sheet, at)
    assert found.cause.endswith("。")
    assert found.mend.endswith("。")


def test_a_division_without_any_basis_is_a_finding_of_its_sheet():
    reading = changed(DIVISION, "A2", None)
    assert codes(reading) == [(Code.BASIS_MISSING, DIVISION, "A3")]
    assert all(waits(reading, row.line) for row in reading.divisions[0].rows)


def test_a_finding_stops_its_own_row_and_no_other():
    reading = changed(AGENDA, "G6", "约一亿")
    assert [waits(reading, row.line) for row in reading.items] == [False, False, True] + [False] * 11
    assert reading.items[2].amount is None
    assert reading.items[2].line.verbatim["涉及金额"] == "约一亿"


def test_a_name_twice_in_the_roster_marks_both_rows():
    reading = changed(ROSTER, "B44", "余满仓")
    assert codes(reading) == [(Code.NAME_TWICE, ROSTER, "B43"), (Code.NAME_TWICE, ROSTER, "B44")]


def test_whoever_names_one_of_two_namesakes_is_asked_which():
    reading = changed(ROSTER, "B44", "丁筑")
    assert (Code.AMBIGUOUS_PERSON, AGENDA, "I6") in codes(reading)
    assert (Code.AMBIGUOUS_PERSON, UNITS, "D11") in codes(reading)


def test_namesakes_told_apart_by_a_note_are_two_persons():
    made = opened(sample())
    made[ROSTER]["B44"] = "丁筑（住建系统）"
    made[UNITS]["D11"] = "丁筑（区住建局局长）"
    made[AGENDA]["I6"] = made[AGENDA]["I9"] = "丁　筑（区住建局局长）"
    reading = read(saved(made))
    assert reading.findings == ()
    assert reading.items[2].presenters[0].person.marks[-1] == "区住建局局长"


def test_two_secretaries_are_a_finding_at_both():
    reading = changed(ROSTER, "F5", "区委书记、区长")
    assert codes(reading) == [(Code.TWO_SECRETARIES, ROSTER, "F4"), (Code.TWO_SECRETARIES, ROSTER, "F5")]


@pytest.mark.parametrize("title", ["区纪委书记", "政法委书记", "团区委书记", "云川街道党工委书记", "石桥镇党委书记"])
def test_the_secretary_of_another_body_is_not_the_secretary(title):
    reading = changed(ROSTER, "F14", title)
    assert reading.findings == ()
    assert reading.roster[10].kind is SeatKind.STANDING_MEMBER


@pytest.mark.parametrize("title", ["云川区委副书记", "区委副书记（专职）", "副书记、区长", "中共云川区委专职副书记"])
def test_a_deputy_secretary_is_known_however_the_post_is_written(title):
    assert changed(ROSTER, "F5", title).roster[1].kind is SeatKind.DEPUTY_SECRETARY


def test_a_short_name_twice_is_a_finding_at_both_and_at_whoever_uses_it():
    reading = changed(UNITS, "A14", "住建局")
    found = codes(reading)
    assert (Code.UNIT_TWICE, UNITS, "A11") in found
    assert (Code.UNIT_TWICE, UNITS, "A14") in found
    assert (Code.AMBIGUOUS_UNIT, AGENDA, "C6") in found
    assert (Code.UNKNOWN_UNIT, DIVISION, "D15") in found


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("财政局", "财政局"),
        ("区财政局", "财政局"),
        ("云川区财政局", "财政局"),
        ("清宁市云川区财政局", "财政局"),
        ("区发改局", "发改局"),
        ("区发展和改革局", "发改局"),
        ("发展和改革局", "发改局"),
        ("人大", "区人大"),
        ("中共云川区委组织部", "组织部"),
        ("经 开 区", "经开区"),
    ],
)
def test_a_unit_is_known_by_short_or_full_name_with_or_without_the_place(text, short):
    reading = changed(AGENDA, "C6", text)
    assert reading.findings == ()
    assert reading.items[2].units[0].unit.short == short


@pytest.mark.parametrize("text", ["财政", "财政局预算科", "市财政局", "区财政局等", "党校", "区"])
def test_a_unit_is_never_known_by_likeness(text):
    assert the_one(changed(AGENDA, "C6", text)).code is Code.UNKNOWN_UNIT


def test_two_units_that_a_name_without_its_place_could_mean_are_asked_about():
    made = opened(sample())
    made[UNITS].append(["档案馆", "云川区史志馆", "其他机关", "余满仓", "沈星", "8609001"])
    made[UNITS].append(["方志馆", "区史志馆", "其他机关", "余满仓", "沈月", "8609002"])
    made[AGENDA]["C6"] = "史志馆"
    found = the_one(read(saved(made)))
    assert (found.code, found.cell) == (Code.AMBIGUOUS_UNIT, "C6")
    assert "云川区史志馆" in found.cause


def test_one_unknown_liaison_name_in_two_offices_may_be_two_people():
    made = opened(sample())
    made[UNITS]["E8"] = made[UNITS]["E9"] = "李　娜"
    reading = read(saved(made))
    assert codes(reading) == [(Code.AMBIGUOUS_PERSON, UNITS, "E8"), (Code.AMBIGUOUS_PERSON, UNITS, "E9")]
    assert reading.units[4].liaisons[0].person is None


@pytest.mark.parametrize(("one", "other", "persons"), [("兼", "兼", 1), ("发改局", "财政局", 2)])
def test_the_note_behind_a_liaisons_name_says_whether_it_is_one_person(one, other, persons):
    made = opened(sample())
    made[UNITS]["E8"], made[UNITS]["E9"] = f"李娜（{one}）", f"李娜（{other}）"
    reading = read(saved(made))
    assert reading.findings == ()
    assert len({row.liaisons[0].person for row in reading.units[4:6]}) == persons


def test_a_vacant_place_is_nobody():
    reading = changed(UNITS, "E8", "（空缺）")
    assert reading.findings == ()
    assert reading.units[4].liaisons == ()


def test_the_secretary_meeting_decides_nothing():
    made = opened(sample())
    made[AGENDA]["E10"], made[AGENDA]["K10"] = "干部方案酝酿", "书记专题会"
    assert codes(read(saved(made))) == [(Code.BODY_MAY_NOT_DECIDE, AGENDA, "K10")]
    made[AGENDA]["L10"] = "酝酿"
    assert read(saved(made)).findings == ()


def test_the_table_of_matters_decides_and_nothing_built_in():
    everything = {row[4]: frozenset(Body) for row in sample()[AGENDA] if len(row) > 4}
    made = opened(sample())
    made[AGENDA]["K10"] = "全委会"
    assert read(saved(made), matters=everything).findings == ()
    assert {found.code for found in read(sample(), matters={}).findings} == {Code.UNKNOWN_MATTER}


def test_the_same_item_twice_is_a_finding():
    sheets = sample()
    sheets[AGENDA].append([15, *sheets[AGENDA][5][1:]])
    assert codes(read(sheets)) == [(Code.ROW_TWICE, AGENDA, "B18")]


def test_a_day_without_year_in_a_ledger_takes_the_year_of_its_own_number():
    made = opened(sample())
    made[FOLLOW_UP]["H8"] = "1月31日"
    assert codes(read(saved(made))) == [(Code.DEADLINE_BEFORE_START, FOLLOW_UP, "H8")]
    made[FOLLOW_UP]["A8"] = "督〔2027〕05号"
    assert {found.code for found in read(saved(made)).findings} == {Code.YEAR_UNKNOWN}


def test_the_day_a_division_is_in_force_may_be_later_than_its_adoption():
    reading = changed(DIVISION, "A2", "2026年9月10日区委常委会第14次会议通过，自2026年10月1日起执行")
    (division,) = reading.divisions
    assert division.effective == date(2026, 10, 1)


def test_what_the_program_knows_already_can_be_named():
    sheets = {name: sample()[name] for name in (AGENDA, FOLLOW_UP)}
    rows = sample()
    persons = [Person(row[1].replace("\u3000", ""), key=at) for at, row in enumerate(rows[ROSTER][3:49])]
    units = tuple(Unit(row[0], row[1], key=at) for at, row in enumerate(rows[UNITS][3:]))
    reading = read(sheets, persons=tuple(persons), units=units, place="清宁市云川区")
    assert reading.findings == ()
    assert reading.items[0].presenters[0].person.key == 5
    assert reading.items[0].units[0].unit.key == 2
    assert reading.committee.prefixes == ("清宁市云川区", "云川区", "区")


def test_a_row_of_the_workbook_is_the_programs_own_where_the_name_is_the_same():
    known = Unit("发改委", "区发展和改革局", key=7)
    reading = read(sample(), persons=(Person("沈砚清", key=1),), units=(known,))
    assert reading.findings == ()
    assert reading.units[4].unit == Unit("发改局", "区发展和改革局", key=7)
    assert reading.items[10].units[0].unit.key == 7
    assert reading.divisions[0].rows[0].leader.person.key == 1


def test_two_of_one_name_in_the_program_are_asked_about_at_the_roster():
    twice = (Person("沈砚清", marks=("区委书记",), key=1), Person("沈砚清", marks=("退休",), key=2))
    found = codes(read(sample(), persons=twice))
    assert found[0] == (Code.AMBIGUOUS_PERSON, ROSTER, "B4")
    assert (Code.AMBIGUOUS_PERSON, DIVISION, "A4") in found


def test_a_finding_said_of_several_rows_is_joined():
    one = Finding(Code.UNKNOWN_UNIT, "表", "A1", "x", "因。", "改。", lines=(1,))
    two = Finding(Code.UNKNOWN_UNIT, "表", "A1", "x", "因。", "改。", lines=(2,))
    assert [found.lines for found in joined([one, two, one])] == [(1, 2)]
