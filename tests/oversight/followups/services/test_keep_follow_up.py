"""Matters of the office's ledger are kept by whoever keeps the register, each under its number once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from common.audit.models import AuditEntry
from oversight.followups.models import LedgerFollowUp
from oversight.followups.services.keep_follow_up import FollowUpInput, correct_follow_up, enter_follow_up
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District


def given(district: District, **changed: object) -> FollowUpInput:
    row = FollowUpInput(
        number="督〔2026〕07号",
        title="学位补充方案落实",
        lead_units=[district.unit("教体局")],
        co_units=[district.unit("住建局")],
        opened_on=date(2026, 9, 20),
        due_on=date(2026, 12, 10),
        progress=Decimal(60),
        verbatim=[["编号", "督〔2026〕07号"]],
    )
    return replace(row, **changed)


def test_a_matter_is_entered_with_its_units(district: District) -> None:
    entered = enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district))
    assert (entered.lead_names, entered.co_names, verbs(entered)) == ("教体局", "住建局", ["enter_follow_up"])


def test_nobody_else_enters_or_corrects_one(district: District) -> None:
    entered = enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district))
    for actor in (district.secretary, district.head, district.liaison, district.outsider):
        with not_allowed():
            enter_follow_up(actor=actor, ledger_key="督/2026/8", given=given(district, number="督〔2026〕08号"))
        with not_allowed():
            correct_follow_up(actor=actor, follow_up=entered, given=given(district, progress=Decimal(100)))
    assert LedgerFollowUp.objects.get().progress == Decimal(60)


def test_a_number_or_a_key_is_given_once(district: District) -> None:
    enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district))
    with refused("督办编号重复"):
        enter_follow_up(actor=district.office, ledger_key="督/2026/8", given=given(district))
    with refused("已经导入过"):
        enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district, number=""))


def test_a_deadline_is_not_before_the_start(district: District) -> None:
    with refused("办结时限不能早于立项日"):
        enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district, due_on=date(2026, 9, 1)))


def test_what_a_correction_replaced_stays_in_the_log(district: District) -> None:
    entered = enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district))
    now = given(district, co_units=[], progress=Decimal(80), verbatim=[["进度", "80%"]])
    corrected = correct_follow_up(actor=district.office, follow_up=entered, given=now)
    assert (corrected.progress, corrected.co_names) == (Decimal(80), "")
    logged = AuditEntry.objects.get(verb="correct_follow_up")
    assert logged.detail == {"before": [["编号", "督〔2026〕07号"]], "after": [["进度", "80%"]]}


def test_the_database_refuses_a_progress_beyond_a_hundred(district: District) -> None:
    entered = enter_follow_up(actor=district.office, ledger_key="督/2026/7", given=given(district))
    with database_refuses("follow_up_progress"):
        sql("UPDATE oversight_ledgerfollowup SET progress = 101 WHERE id = %s", entered.pk)
