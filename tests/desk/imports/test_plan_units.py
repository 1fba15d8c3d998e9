"""What a list of units would change: units, heads and liaisons, each change from a day that the preview says."""

from datetime import date

from committee.register.services.keep_units import end_unit
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.identity.models import Person
from desk.imports.findings import Code
from desk.imports.plan import Doing
from tests.desk.imports.ledgers import UNITS, changes, doings, entry, imported, keep, only, plan_of, row
from tests.support.cast import District

TODAY, YESTERDAY = date(2026, 11, 16), date(2026, 11, 15)


def test_the_units_of_the_demo_district_are_unchanged(district: District) -> None:
    plan = plan_of(only(UNITS), district.office)
    assert (plan.findings, plan.remarks, doings(plan)) == ([], [], {Doing.UNCHANGED: 35})


def test_telephone_and_kind_are_corrected(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "经开区")
    row(ledgers, UNITS, "经开区")[2::3] = ["政府部门", "8607099"]
    assert changes(plan_of(ledgers, district.office), "经开区") == [
        ("类型", "其他机关", "政府部门"),
        ("电话", "8607051", "8607099"),
    ]
    imported(district.office, ledgers)
    unit = district.unit("经开区")
    assert (unit.kind, unit.phone) == (Unit.Kind.GOVERNMENT, "8607099")


def test_a_new_liaison_takes_over_today_and_the_one_before_ended_yesterday(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    row(ledgers, UNITS, "教体局")[4] = "温知新"
    assert changes(plan_of(ledgers, district.office), "教体局") == [("议题联络员", "梁思齐", "温知新")]
    imported(district.office, ledgers)
    roles = RoleAssignment.objects.filter(unit=district.unit("教体局"), role=Role.ITEM_LIAISON).order_by("pk")
    assert [(held.person.name, held.valid_from, held.valid_to) for held in roles] == [
        ("梁思齐", date(2026, 7, 18), YESTERDAY),
        ("温知新", TODAY, None),
    ]
    assert Person.objects.get(name="温知新").post_title == "教体局议题联络员"


def test_an_empty_cell_takes_nobody_s_role_away(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    row(ledgers, UNITS, "教体局")[3:6] = [None, "空缺", None]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_a_unit_with_one_name_changed_was_renamed_or_is_another(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    row(ledgers, UNITS, "教体局")[1] = "区教育局"
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.cell, found.text) == (Code.UNIT_RENAMED, "B4", "区教育局")


def test_a_unit_not_yet_there_is_entered_from_today_with_its_people(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    ledgers[UNITS].append(["大数据局", "区大数据发展局", "政府部门", "曹以谦", "许知行", "8603111"])
    plan = plan_of(ledgers, district.office)
    assert plan.remarks == ["部门单位表没有写起始日期，新的单位和负责人、联络员自2026年11月16日起登记。"]
    imported(district.office, ledgers)
    unit = district.unit("大数据局")
    assert (unit.full_name, unit.valid_from) == ("区大数据发展局", TODAY)
    assert {held.person.name for held in RoleAssignment.objects.filter(unit=unit)} == {"曹以谦", "许知行"}
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 2}


def test_a_unit_that_has_ended_is_entered_anew_and_not_revived(district: District) -> None:
    end_unit(actor=district.office, unit=district.unit("妇联"), last_day=YESTERDAY)
    ledgers = keep(only(UNITS), UNITS, "妇联")
    assert entry(plan_of(ledgers, district.office), "妇联").doing is Doing.NEW
    imported(district.office, ledgers)
    assert Unit.objects.filter(short_name="妇联").count() == 2


def test_one_liaison_of_two_units_is_entered_once(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    ledgers[UNITS][3:] = [
        ["机关事务局", "区机关事务管理局", "政府部门", None, "戚明", "8601001"],
        ["接待办", "区委接待办公室", "党委部门", None, "戚明", "8601001"],
    ]
    plan = plan_of(ledgers, district.office)
    assert entry(plan, "接待办").needs == {entry(plan, "机关事务局").key}
    imported(district.office, ledgers)
    assert RoleAssignment.objects.filter(person=Person.objects.get(name="戚明")).count() == 2
