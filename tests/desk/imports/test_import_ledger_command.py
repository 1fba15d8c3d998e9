"""The command founds a committee from its own ledgers; where it finds anything, it says so and writes nothing."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agenda.items.models import Item
from agenda.rules.defaults import MATTERS
from agenda.rules.models import AgendaRuleSet, MatterKind
from committee.bodies.models import Body, Seat
from committee.division.lines import lines_of
from committee.division.models import Division
from committee.division.questions import division_on
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.audit.models import AuditEntry
from common.identity.models import Person
from common.records.models import ChainRecord
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from decisions.rules.models import VotingRuleSet
from desk.demo import people
from desk.imports.models import LedgerImport
from desk.imports.text import fold
from oversight.followups.models import LedgerFollowUp
from tests.desk.imports.ledgers import AGENDA, ROSTER, keep, only, row
from tests.desk.imports.workbooks import book
from tests.support.cast import District

SAMPLE = Path(__file__).with_name("云川区委台账.xlsx")
DAY = date(2026, 11, 16)


def run(*options: object, file: Path = SAMPLE) -> str:
    out = StringIO()
    call_command("import_ledger", file, *options, stdout=out)
    return out.getvalue()


def refused(*options: object, file: Path = SAMPLE) -> tuple[int, str, str]:
    """Exit status, what was printed, and the closing sentence."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_ledger", file, *options, stdout=out)
    return error.value.returncode, out.getvalue(), str(error.value)


@pytest.fixture
def ledger(tmp_path: Path):
    """Writes changed ledgers to a file."""

    def write(ledgers: dict) -> Path:
        file = tmp_path / "台账.xlsx"
        file.write_bytes(book(ledgers))
        return file

    return write


def test_on_a_bare_database_the_whole_committee_is_founded_from_its_ledgers(bare_db: None) -> None:
    said = run("--committee", "云川区委")
    assert "系统里还没有这个党委，按名册建立：中国共产党清宁市云川区委员会（中共云川区委）。" in said
    assert "第8届，将登记为自2026年7月18日（最早的任职时间）起五年，至2031年7月17日。" in said
    assert "议题申报汇总：共 14 行，新增 14" in said and said.endswith("已写入102项。\n")
    committee = Committee.objects.get()
    assert (committee.area_name, committee.office_word, committee.level) == ("云川区", "区委", "county")
    with committee_scope(committee.pk):
        _is_the_demo_district()
        assert (Item.objects.count(), LedgerFollowUp.objects.count(), MatterKind.objects.count()) == (
            14,
            6,
            len(MATTERS),
        )
        for rules in (AgendaRuleSet.objects.get(), VotingRuleSet.objects.get()):
            assert rules.source == "导入时采用的默认规则"
        before = [model.objects.count() for model in (AuditEntry, ChainRecord, Person, LedgerImport)]
        said = run()
        assert "无变动 46" in said and said.endswith("系统里都已经有了，没有要写入的。\n")
        assert [model.objects.count() for model in (AuditEntry, ChainRecord, Person, LedgerImport)] == before


def _is_the_demo_district() -> None:
    """What the ledgers say is what desk.demo.people says, widths of brackets and commas aside."""
    roster = (*people.STANDING, *people.MEMBERS, *people.ALTERNATES)
    seated = Person.objects.filter(seats__body__kind=Body.Kind.PLENARY).order_by("rank_order")
    assert [(p.name, p.get_gender_display(), p.ethnicity, fold(p.post_title)) for p in seated] == [
        (name, sex, f"{ethnic}族", fold(post)) for name, sex, ethnic, post in roster
    ]
    standing = Seat.objects.of_body(Body.Kind.STANDING).serving_on(DAY)
    assert [seat.person.name for seat in standing] == [name for name, *_ in people.STANDING]
    kinds = [seat.kind for seat in standing[:4]]
    assert kinds == ["secretary", "deputy_secretary", "deputy_secretary", "standing_member"]
    plenary = Seat.objects.of_body(Body.Kind.PLENARY).on(DAY)
    assert (plenary.exclude(kind="alternate_member").count(), plenary.filter(kind="alternate_member").count()) == (
        40,
        6,
    )
    assert {str(seat.valid_from) for seat in standing} == {"2026-07-18", "2026-09-02"}
    units = [
        (u.short_name, u.full_name, u.kind, _holder(u, Role.UNIT_HEAD), _holder(u, Role.ITEM_LIAISON), u.phone)
        for u in Unit.objects.in_order()
    ]
    assert units == list(people.UNITS)
    assert division_on(date(2026, 9, 9)) is None
    lines = [
        (
            line.person.name,
            line.post_title,
            line.work,
            " ".join(unit.short_name for unit in line.in_charge_of),
            " ".join(unit.short_name for unit in line.liaison_for),
            line.backup.name if line.backup else "",
        )
        for line in lines_of(division_on(date(2026, 9, 10)))
    ]
    assert lines == list(people.DIVISION)
    assert Division.objects.get().basis.startswith("2026年9月10日区委常委会第14次会议通过")


def _holder(unit: Unit, role: str) -> str:
    return RoleAssignment.objects.on(DAY).get(unit=unit, role=role).person.name


def test_who_imported_acted_as_the_office_on_that_day_alone(bare_db: None, ledger) -> None:
    run("--committee", "云川区委", file=ledger(keep(only(ROSTER), ROSTER, "沈砚清")))
    with committee_scope(Committee.objects.get().pk):
        held = RoleAssignment.objects.get(role=Role.SECRETARIAL_SECTION)
        assert (held.person.name, held.valid_from, held.valid_to) == ("系统管理员", DAY, DAY)


def test_with_a_finding_no_committee_is_founded(bare_db: None, ledger) -> None:
    ledgers = only(ROSTER)
    row(ledgers, ROSTER, "唐砺")[6] = "2026年2月30日"
    status, said, closing = refused("--committee", "云川区委", file=ledger(ledgers))
    assert status == 1 and "没有写入" in closing
    assert (
        "［委员名册!G22］“2026年2月30日”\n    原因：2026年2月没有30日。\n    改正：请核对原件后改成正确的日期。" in said
    )
    assert "委员名册：共 46 行，新增 45，有问题 1" in said and "问题 1 个" in said
    assert not Committee.objects.exists()


def test_a_dry_run_founds_nothing(bare_db: None) -> None:
    assert run("--dry-run").endswith("试运行，没有写入。\n")
    assert not Committee.objects.exists()


def test_a_committee_that_cannot_be_read_or_is_another_is_refused_with_the_option_that_says_it(
    bare_db: None, ledger
) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["委员名册"]
    status, _, closing = refused(file=ledger(ledgers))
    assert status == 2 and "看不出是哪个党委" in closing and "--committee" in closing
    status, _, closing = refused("--committee", "澄江县委")
    assert status == 2 and "名册的标题写的是“中共清宁市云川区委员会”" in closing
    ledgers[ROSTER][0] = ["中共清宁市第八届委员会委员名册"]
    status, _, closing = refused(file=ledger(ledgers))
    assert status == 2 and "--level" in closing
    assert not Committee.objects.exists()


def test_the_demo_district_takes_its_items_and_follow_ups(district: District) -> None:
    said = run("--committee", "中共云川区委")
    assert "（以周予安的名义）" in said
    for line in (
        "委员名册：共 46 行，无变动 46",
        "部门单位：共 35 行，无变动 35",
        "分工：共 1 份，无变动 1",
        "议题申报汇总：共 14 行，新增 14",
        "督办台账：共 6 行，新增 6",
    ):
        assert line in said
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == (14, 6)


def test_of_several_committees_the_roster_says_which(district: District) -> None:
    assert "中国共产党清宁市云川区委员会（以周予安的名义）" in run("--dry-run")


@pytest.mark.parametrize("name", ["中国共产党清宁市云川区委员会", "中共清宁市云川区委员会", "中共云川区委"])
def test_a_committee_is_known_by_its_full_and_its_short_name(district: District, name: str) -> None:
    assert "中国共产党清宁市云川区委员会（以周予安的名义）" in run("--dry-run", "--committee", name)


def test_a_name_that_is_neither_known_nor_the_roster_s_is_answered_with_those_known(district: District) -> None:
    status, _, closing = refused("--committee", "中共南湖区委")
    assert status == 2 and "不一致" in closing
    assert "系统里有：中国共产党清宁市云川区委员会（中共云川区委）" in closing


def test_with_several_committees_a_new_one_is_founded_only_when_it_is_named(district: District, ledger) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["中共清宁市望江区第八届委员会委员名册"]
    file = ledger(ledgers)
    status, _, closing = refused(file=file)
    assert status == 2 and "确要建立的，请加 --committee 中国共产党清宁市望江区委员会" in closing
    run("--committee", "中国共产党清宁市望江区委员会", file=file)
    assert Committee.objects.get(area_name="望江区").short_name == "中共望江区委"


def test_with_a_finding_the_known_committee_is_left_as_it_was(district: District, ledger) -> None:
    ledgers = keep(only(AGENDA), AGENDA, "关于新建城东学校的请示")
    ledgers[AGENDA][3][6] = "1.8"
    before = AuditEntry.objects.count()
    status, said, _ = refused("--committee", "云川区委", file=ledger(ledgers))
    assert status == 1 and "金额没有写单位" in said
    assert (AuditEntry.objects.count(), LedgerImport.objects.count(), Item.objects.count()) == (before, 0, 0)


def test_what_is_no_workbook_or_not_there_is_refused(district: District, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    status, _, closing = refused("--committee", "云川区委", file=file)
    assert status == 2 and "没有" in closing
    file.write_bytes(b"%PDF-1.7 not a workbook")
    status, _, closing = refused("--committee", "云川区委", file=file)
    assert status == 2 and "不是 Excel 工作簿" in closing
