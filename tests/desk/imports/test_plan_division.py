"""What a division in the workbook would change: nothing, or the whole is drafted and put in force from its day."""

from datetime import date

from committee.division.models import Division
from committee.division.questions import division_on, leaders_in_charge
from committee.division.workflow import DivisionState
from desk.imports.findings import Code
from desk.imports.plan import Doing
from tests.desk.imports.ledgers import DIVISION, changes, doings, imported, only, plan_of, row
from tests.support.cast import District

TITLE = "区委常委和区政府领导分工一览表"


def later() -> dict:
    """A division adopted on 12 November."""
    ledgers = only(DIVISION)
    ledgers[DIVISION][1] = ["2026年11月12日区委常委会第20次会议通过,自2026年11月15日起执行"]
    return ledgers


def test_the_division_in_force_is_unchanged(district: District) -> None:
    plan = plan_of(only(DIVISION), district.office)
    assert (plan.findings, doings(plan)) == ([], {Doing.UNCHANGED: 1})


def test_the_same_duties_adopted_again_change_nothing(district: District) -> None:
    assert doings(plan_of(later(), district.office)) == {Doing.UNCHANGED: 1}


def test_a_later_division_supersedes_with_its_basis_from_its_day(district: District) -> None:
    ledgers = later()
    row(ledgers, DIVISION, "祁连山")[2:4] = ["分管农业农村、水利、卫生健康工作", "农业农村局、卫健局"]
    row(ledgers, DIVISION, "闻人澈")[3] = "教体局"
    assert changes(plan_of(ledgers, district.office), TITLE) == [
        ("闻人澈　分管部门", "教体局、卫健局", "教体局"),
        ("祁连山　分管工作", "分管农业农村、水利工作", "分管农业农村、水利、卫生健康工作"),
        ("祁连山　分管部门", "农业农村局", "农业农村局、卫健局"),
    ]
    imported(district.office, ledgers)
    before, now = division_on(date(2026, 11, 14)), division_on(date(2026, 11, 15))
    assert (before.state, now.state) == (DivisionState.SUPERSEDED, DivisionState.IN_FORCE)
    assert now.basis == "2026年11月12日区委常委会第20次会议通过，自2026年11月15日起执行"
    leaders = leaders_in_charge(district.unit("卫健局").pk, date(2026, 11, 15))
    assert [leader.name for leader in leaders] == ["祁连山"]


def test_another_division_of_the_same_day_or_before_is_found_and_not_written(district: District) -> None:
    for day in ("2026年9月10日", "2026年8月10日"):
        ledgers = only(DIVISION)
        ledgers[DIVISION][1] = [f"{day}区委常委会第14次会议通过,即日起执行"]
        row(ledgers, DIVISION, "祁连山")[3] = "卫健局"
        plan = plan_of(ledgers, district.office)
        assert [found.code for found in plan.findings] == [Code.DIVISION_OLDER]
        assert doings(plan) == {Doing.FOUND: 1}
    assert Division.objects.count() == 1


def test_who_leaves_who_comes_and_who_stands_where_is_said(district: District) -> None:
    ledgers = later()
    rows = ledgers[DIVISION]
    rows[3], rows[4] = rows[4], rows[3]
    assert [label for label, _, _ in changes(plan_of(ledgers, district.office), TITLE)] == ["排列顺序"]
    del rows[-1]
    assert ("邬思远", "列入分工", "不再列入") in changes(plan_of(ledgers, district.office), TITLE)


def test_what_a_leader_assists_with_is_kept_among_his_duties(district: District) -> None:
    ledgers = later()
    for line in ledgers[DIVISION][2:]:
        line += [None] * (6 - len(line))
    ledgers[DIVISION][2].append("协助")
    row(ledgers, DIVISION, "雷定远").append("区委书记抓双拥工作")
    ((label, before, after),) = changes(plan_of(ledgers, district.office), TITLE)
    assert label == "雷定远　分管工作"
    assert after == f"{before}；协助：区委书记抓双拥工作"


def test_two_substitutes_are_found(district: District) -> None:
    ledgers = later()
    row(ledgers, DIVISION, "顾维桢")[5] = "邵闻笛、岑以宁"
    assert [found.code for found in plan_of(ledgers, district.office).findings] == [Code.TWO_SUBSTITUTES]


def test_the_administrator_leaves_the_division_to_the_office(district: District) -> None:
    ledgers = later()
    row(ledgers, DIVISION, "祁连山")[3] = "卫健局"
    (found,) = plan_of(ledgers, district.administrator).findings
    assert found.code is Code.NOT_YOURS
    assert plan_of(ledgers, district.director).findings == []
