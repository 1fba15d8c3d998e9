"""An import is written whole or not at all, by whoever saw its preview, as it was previewed."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from agenda.items.models import Item
from committee.register.services.keep_roles import assign_role, end_role
from committee.register.services.keep_units import correct_unit
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.audit.models import AuditEntry
from common.records.models import ChainRecord
from common.services import Conflict, NotAllowed, Refused
from common.tenancy.scope import committee_scope
from desk.imports.models import LedgerImport
from desk.imports.services.apply_import import apply_import
from desk.imports.services.preview_import import renew_preview
from desk.imports.workflow import ImportState
from oversight.followups.models import LedgerFollowUp
from tests.desk.imports.ledgers import AGENDA, FOLLOW_UPS, UNITS, imported, keep, only, previewed, row
from tests.support.cast import District

ROOT = Path(__file__).resolve().parents[4]
SAMPLE = Path(__file__).parents[1] / "云川区委台账.xlsx"
SCHOOL = "关于新建城东学校的请示"


def small() -> dict:
    """One item, one matter under 督办."""
    ledgers = keep(only(AGENDA, FOLLOW_UPS), AGENDA, SCHOOL)
    return keep(ledgers, FOLLOW_UPS, "信访积案化解攻坚")


def trace() -> tuple[object, ...]:
    """What a refused import leaves as it was."""
    states = tuple(LedgerImport.objects.order_by("pk").values_list("state", flat=True))
    counted = (model.objects.count() for model in (Item, LedgerFollowUp, AuditEntry, ChainRecord))
    return (states, *counted)


def test_what_was_previewed_is_written_and_logged(district: District) -> None:
    done = imported(district.office, small())
    assert (done.state, done.result["counts"]) == (ImportState.APPLIED, {"agenda:new": 1, "follow_up:new": 1})
    assert (Item.objects.get().title, LedgerFollowUp.objects.get().title) == (SCHOOL, "信访积案化解攻坚")
    logged = AuditEntry.objects.get(verb="apply_import")
    assert (logged.person_name, logged.detail["chosen"]) == ("周予安", False)
    assert [change.verb for change in done.changes.all()] == ["apply"]


def test_an_import_is_applied_once(district: District) -> None:
    done = imported(district.office, small())
    before = trace()
    with pytest.raises(Refused, match="已导入"):
        apply_import(actor=district.office, ledger_import=done)
    assert trace() == before


def test_a_second_import_of_the_same_file_writes_nothing(district: District) -> None:
    imported(district.office, small())
    again = previewed(district.office, small())
    before = trace()
    with pytest.raises(Refused, match="没有要写入的行"):
        apply_import(actor=district.office, ledger_import=again)
    assert trace() == before


@pytest.mark.parametrize("who", ["secretary", "leader", "head", "liaison", "outsider"])
def test_who_does_not_keep_the_register_imports_nothing(district: District, who: str) -> None:
    waiting = previewed(district.office, small())
    before = trace()
    actor = getattr(district, who)
    with pytest.raises(NotAllowed, match="由区委办秘书科导入"):
        apply_import(actor=actor, ledger_import=waiting)
    with pytest.raises(NotAllowed, match="由区委办秘书科导入"):
        previewed(actor, small())
    assert trace() == before


@pytest.mark.parametrize("who", ["director", "administrator"])
def test_the_director_and_the_administrator_import_too(district: District, who: str) -> None:
    imported(getattr(district, who), small())
    assert Item.objects.get().title == SCHOOL


def test_another_keeper_sees_a_preview_of_his_own(district: District) -> None:
    waiting = previewed(district.office, small())
    before = trace()
    with pytest.raises(NotAllowed, match="由周予安办理"):
        apply_import(actor=district.director, ledger_import=waiting)
    assert trace() == before


# Findings, and rows that were chosen.


def with_a_finding() -> dict:
    ledgers = keep(only(AGENDA, FOLLOW_UPS), AGENDA, SCHOOL, "关于信访积案化解工作的汇报")
    row(ledgers, AGENDA, SCHOOL)[6] = "1.8"
    return keep(ledgers, FOLLOW_UPS, "信访积案化解攻坚")


def test_with_a_finding_nothing_goes_in_as_a_whole(district: District) -> None:
    waiting = previewed(district.office, with_a_finding())
    before = trace()
    with pytest.raises(Refused, match="还有1个问题"):
        apply_import(actor=district.office, ledger_import=waiting)
    assert trace() == before


def test_with_a_finding_only_the_chosen_rows_go_in(district: District) -> None:
    waiting = previewed(district.office, with_a_finding())
    done = apply_import(actor=district.office, ledger_import=waiting, chosen=["督办台账!4"])
    assert done.result == {"counts": {"follow_up:new": 1}, "written": ["督办台账!4"]}
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == (0, 1)


def test_a_row_with_a_finding_cannot_be_chosen(district: District) -> None:
    waiting = previewed(district.office, with_a_finding())
    before = trace()
    with pytest.raises(Refused, match="有1行不能导入"):
        apply_import(actor=district.office, ledger_import=waiting, chosen=["议题申报汇总!4", "督办台账!4"])
    assert trace() == before


def test_a_row_goes_in_with_what_it_needs_or_not_at_all(district: District) -> None:
    ledgers = small() | keep(only(UNITS), UNITS, "教体局")
    ledgers[UNITS].append(["大数据局", "区大数据发展局", "政府部门", "曹以谦", "许知行", "8603111"])
    row(ledgers, AGENDA, SCHOOL)[2] = "大数据局"
    waiting = previewed(district.office, ledgers)
    with pytest.raises(Refused, match=r"要用到“部门单位”第5行（大数据局），请一并选定"):
        apply_import(actor=district.office, ledger_import=waiting, chosen=["议题申报汇总!4"])
    apply_import(actor=district.office, ledger_import=waiting, chosen=["议题申报汇总!4", "部门单位!5"])
    assert Item.objects.get().unit == district.unit("大数据局")


def test_a_row_waits_for_the_one_it_needs_to_be_mended(district: District) -> None:
    ledgers = small() | keep(only(UNITS), UNITS, "教体局")
    ledgers[UNITS].append(["大数据局", "区大数据发展局", "没有这一类", "曹以谦", "许知行", "8603111"])
    row(ledgers, AGENDA, SCHOOL)[2] = "大数据局"
    waiting = previewed(district.office, ledgers)
    entry = next(one for one in waiting.plan["entries"] if one["label"] == SCHOOL)
    assert (entry["doing"], entry["remarks"]) == ("waiting", ["要等“部门单位”第5行（大数据局）的问题改正。"])


# What happens meanwhile.


def test_what_is_no_longer_as_previewed_is_not_written(district: District) -> None:
    ledgers = keep(only(UNITS), UNITS, "教体局")
    row(ledgers, UNITS, "教体局")[5] = "8603999"
    waiting = previewed(district.office, ledgers)
    correct_unit(actor=district.office, unit=district.unit("教体局"), phone="8603888")
    before = trace()
    with pytest.raises(Conflict, match="系统里的数据已有变动"):
        apply_import(actor=district.office, ledger_import=waiting)
    assert trace() == before
    renewed = renew_preview(actor=district.office, ledger_import=waiting)
    assert renewed.plan["entries"][0]["changes"] == [{"label": "电话", "before": "8603888", "after": "8603999"}]
    apply_import(actor=district.office, ledger_import=renewed)
    assert district.unit("教体局").phone == "8603999"


def test_a_row_the_register_refuses_takes_all_others_back(district: District) -> None:
    school = district.unit("教体局")
    (head,) = RoleAssignment.objects.on(clock.today()).filter(role=Role.UNIT_HEAD, unit=school)
    end_role(actor=district.administrator, assignment=head, last_day=date(2026, 11, 30))
    coming = {"role": Role.UNIT_HEAD, "unit": school, "valid_from": date(2026, 12, 1)}
    assign_role(actor=district.administrator, person=district.person("闻人澈"), **coming)
    ledgers = small() | keep(only(UNITS), UNITS, "教体局")
    row(ledgers, UNITS, "教体局")[3] = "温知新"  # from today and without end, though another comes in December
    waiting = previewed(district.office, ledgers)
    before = trace()
    with pytest.raises(Refused, match=r"部门单位“部门单位”第4行（教体局）没有写成，整份都没有写入：该单位在此期间已有"):
        apply_import(actor=district.office, ledger_import=waiting)
    assert trace() == before


def test_of_two_imports_of_one_file_at_once_one_wins(committed_db: None, district: District) -> None:
    both = [previewed(district.office, small()) for _ in range(2)]
    ready, outcomes = threading.Barrier(2), []

    def apply(waiting: LedgerImport) -> None:
        with committee_scope(district.committee.pk):
            ready.wait()
            try:
                outcomes.append(apply_import(actor=district.actor("周予安"), ledger_import=waiting).state)
            except Conflict:
                outcomes.append("conflict")
            finally:
                connection.close()

    threads = [threading.Thread(target=apply, args=[waiting]) for waiting in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {ImportState.APPLIED: 1, "conflict": 1}
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == (1, 1)


def test_an_import_killed_in_the_middle_leaves_nothing(committed_db: None, district: District) -> None:
    before = trace()
    with transaction.atomic(), connection.cursor() as cursor:
        # The import has written its items when it comes to this table.
        cursor.execute("LOCK TABLE oversight_ledgerfollowup IN SHARE MODE")
        command = [sys.executable, ROOT / "manage.py", "import_ledger", SAMPLE, "--committee", "中共云川区委"]
        importing = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'oversight_ledgerfollowup'::regclass"
        for _ in range(600):
            cursor.execute(waits)
            if cursor.fetchone() == (1,):
                break
            assert importing.poll() is None, "the import ended before it was killed"
            time.sleep(0.2)
        importing.kill()
        assert importing.wait() == -9
    for _ in range(100):  # until the server has noticed that its client is gone
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            if cursor.fetchone() == (1,):
                break
        time.sleep(0.2)
    assert trace() == before
