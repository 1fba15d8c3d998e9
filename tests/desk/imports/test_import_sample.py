"""The district's own workbook is read whole: every row, every value, and nothing to find fault with."""

from collections import Counter
from datetime import date
from decimal import Decimal

from desk.imports.names import BODY_LABELS
from desk.imports.roster import SeatKind
from tests.desk.imports.workbooks import read, sample

READING = read(sample())


def test_the_districts_workbook_has_no_findings():
    assert READING.findings == ()


def test_the_committee_is_known_from_the_title_of_its_roster():
    committee = READING.committee
    assert (committee.full, committee.short, committee.term) == ("中共清宁市云川区委员会", "区委", 8)


def test_the_roster_has_11_standing_29_other_and_6_alternate_members():
    kinds = Counter(row.kind for row in READING.roster)
    assert kinds == {
        SeatKind.SECRETARY: 1,
        SeatKind.DEPUTY_SECRETARY: 2,
        SeatKind.STANDING_MEMBER: 8,
        SeatKind.COMMITTEE_MEMBER: 29,
        SeatKind.ALTERNATE_MEMBER: 6,
    }
    assert {row.since for row in READING.roster} == {date(2026, 7, 18), date(2026, 9, 2)}
    assert {row.term for row in READING.roster} == {8}
    assert [row.name for row in READING.roster][40:] == ["秦朗", "卓玛央金", "杜衡", "夏知秋", "谭溪", "钟毓"]


def test_all_35_units_have_kind_head_and_liaison():
    assert len(READING.units) == 35
    assert all(row.kind and row.head.person and len(row.liaisons) == 1 for row in READING.units)


def test_one_office_with_two_names_has_one_head_and_one_liaison():
    offices = [row for row in READING.units if row.short in ("人大办", "区人大")]
    assert len({row.head.person for row in offices}) == len({row.liaisons[0].person for row in offices}) == 1


def test_the_division_is_in_force_from_the_day_it_was_adopted():
    (division,) = READING.divisions
    assert len(division.rows) == 14
    assert division.effective == date(2026, 9, 10)
    assert division.basis == "2026年9月10日区委常委会第14次会议通过,即日起执行"
    units = [mention.unit.short for mention in division.rows[-1].departments]
    assert units == ["司法局", "应急管理局", "信访局"]
    assert [mention.person.name for mention in division.rows[8].substitutes] == ["闻人澈"]


def test_the_14_items_are_read_with_their_amounts_days_and_bodies():
    items = READING.items
    assert [row.amount for row in items if row.amount] == [
        Decimal(yuan) for yuan in (4_863_000_000, 260_000_000, 180_000_000, 320_000_000, 12_000_000, 95_000_000)
    ]
    assert [row.filed.day for row in items] == [2, 5, 6, 6, 9, 9, 10, 10, 10, 11, 11, 12, 12, 13]
    assert {row.filed.replace(day=1) for row in items} == {date(2026, 11, 1)}
    assert Counter(BODY_LABELS[row.body] for row in items) == {"常委会": 13, "全委会": 1}
    assert [mention.unit.short for mention in items[10].units] == ["发改局", "青岩镇"]
    assert [row.minutes for row in items] == [15, 20, 15, 15, 20, 20, 30, 20, 15, 10, 15, 15, 15, 10]
    assert all(mention.person for row in items for mention in (*row.leaders, *row.presenters))


def test_the_6_follow_ups_are_read_with_days_and_progress():
    rows = READING.follow_ups
    assert [row.progress for row in rows] == [100, 70, 60, 45, 80, 55]
    assert [row.registered for row in rows] == [
        date(2026, *day) for day in ((9, 12), (9, 20), (9, 20), (9, 28), (10, 12), (10, 20))
    ]
    assert [row.source for row in rows] == [f"2026年第{session}次" for session in (14, 15, 15, 16, 17, 18)]
    assert [mention.unit.short for mention in rows[3].co_units] == ["司法局", "住建局", "石桥镇", "柳浦镇"]


def test_nothing_that_stands_in_the_workbook_is_lost():
    lines = [row.line for row in (*READING.roster, *READING.units, *READING.items, *READING.follow_ups)]
    lines += [row.line for division in READING.divisions for row in division.rows]
    kept = Counter(text for line in lines for text in line.verbatim.values())
    kept += Counter(note.text for note in READING.notes)
    for name, rows in sample().items():
        heading = next(at for at, row in enumerate(rows) if len(row) > 3)
        for at, row in enumerate(rows):
            for value in row if at != heading else ():
                text = value.isoformat() if isinstance(value, date) else value
                if text is not None and text != "":
                    assert kept[str(text)] > 0, (name, at, value)
