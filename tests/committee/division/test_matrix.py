"""The matrix is pure: lines and units in, marks and doubts out."""

import pytest

from committee.division.differences import differences
from committee.division.lines import LineInput, lines_of
from committee.division.models import Division
from committee.division.questions import lines_with_units, matrix_on
from committee.division.services.draft_division import save_lines, start_division
from committee.register.services.keep_units import end_unit
from committee.register.services.rename_unit import rename_unit
from common import clock
from tests.committee.division.services.test_draft_division import in_force
from tests.support.cast import District


def division_of(district: District, *lines: LineInput) -> Division:
    draft = start_division(actor=district.office, title="试")
    return save_lines(actor=district.office, division=draft, lines=lines, revision=0)


def doubts(district: District, division: Division, unit: str) -> list[str]:
    return next(row.findings for row in matrix_on(division, clock.today()).rows if row.unit.short_name == unit)


@pytest.mark.parametrize(
    ("charge", "liaison", "unit", "found"),
    [
        ([], [], "教体局", ["没有领导分管"]),
        ([], ["甲"], "教体局", ["闻人澈联系，没有领导分管"]),
        ([], ["甲"], "区法院", []),
        (["甲"], [], "教体局", []),
        (["甲", "乙"], [], "教体局", ["闻人澈、祁连山都分管，多头领导"]),
        (["甲"], ["甲"], "教体局", ["闻人澈既分管又联系，写一个即可"]),
        (["甲"], ["乙"], "教体局", []),
    ],
)
def test_what_is_doubtful_is_said_in_a_sentence(district: District, charge, liaison, unit, found) -> None:
    people = {"甲": district.leader.person, "乙": district.person("祁连山")}
    row = district.unit(unit)
    lines = [
        LineInput(
            person=person, in_charge_of=[row] if key in charge else [], liaison_for=[row] if key in liaison else []
        )
        for key, person in people.items()
    ]
    said = doubts(district, division_of(district, *lines), unit)
    assert [words.removeprefix("只有") for words in said] == found


def test_a_renamed_unit_keeps_its_marks_and_an_ended_one_is_named(district: District) -> None:
    rename_unit(
        actor=district.office,
        unit=district.unit("教体局"),
        short_name="教育局",
        full_name="区教育局",
        valid_from=clock.today(),
    )
    end_unit(actor=district.office, unit=district.unit("卫健局"), last_day=clock.today().replace(day=1))
    rows = {row.unit.short_name: row for row in matrix_on(in_force(), clock.today()).rows}
    assert [cell.line.person.name for cell in rows["教育局"].cells if cell.marks] == ["闻人澈"]
    assert "教体局" not in rows
    assert rows["卫健局"].findings == ["这个单位这一天已撤销或尚未设立"]


def test_a_new_draft_takes_the_present_names(district: District) -> None:
    rename_unit(
        actor=district.office,
        unit=district.unit("教体局"),
        short_name="教育局",
        full_name="区教育局",
        valid_from=clock.today(),
    )
    draft = start_division(actor=district.office, title="新", copy_from=in_force())
    line = next(line for line in lines_of(draft) if line.person == district.leader.person)
    assert [unit.short_name for unit in line.in_charge_of] == ["教育局", "卫健局"]


def test_differences_name_who_came_went_moved_and_changed(district: District) -> None:
    leader, other, third = (district.person(name) for name in ("闻人澈", "祁连山", "邬思远"))
    education, health = district.unit("教体局"), district.unit("卫健局")
    old = division_of(district, LineInput(leader, "副区长", "甲", [education]), LineInput(other))
    new = division_of(district, LineInput(leader, "副区长", "乙", [health]), LineInput(third))
    found = {each.person.name: each for each in differences(lines_with_units(old), lines_with_units(new))}
    assert [(change.relation, change.came, change.went) for change in found["闻人澈"].units] == [
        ("分管", ["卫健局"], ["教体局"])
    ]
    assert found["邬思远"].old is None
    assert found["祁连山"].new is None
    same = differences(lines_with_units(old), lines_with_units(old))
    assert not any(each.changed for each in same)
    swapped = division_of(district, LineInput(other), LineInput(leader, "副区长", "甲", [education]))
    assert all(each.moved for each in differences(lines_with_units(old), lines_with_units(swapped)))
