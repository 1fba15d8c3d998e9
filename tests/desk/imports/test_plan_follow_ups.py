"""What the follow-up ledger would change: every matter is kept whole, and brought up to the next ledger."""

from datetime import date
from decimal import Decimal

from common.audit.models import AuditEntry
from desk.imports.plan import Doing
from oversight.followups.models import LedgerFollowUp
from tests.desk.imports.ledgers import FOLLOW_UPS, changes, doings, imported, keep, only, plan_of
from tests.support.cast import District

PETITIONS = "信访积案化解攻坚"


def one(title: str = PETITIONS) -> dict:
    return keep(only(FOLLOW_UPS), FOLLOW_UPS, title)


def test_a_matter_is_kept_with_its_units_days_and_words(district: District) -> None:
    imported(district.office, one())
    found = LedgerFollowUp.objects.get()
    assert (found.number, found.leader.name, found.lead_names) == ("督〔2026〕04号", "贺北辰", "政法委")
    assert found.co_names == "司法局、住建局、石桥镇、柳浦镇"
    assert (found.opened_on, found.due_on) == (date(2026, 9, 28), date(2026, 11, 15))
    assert (found.progress, found.problems) == (Decimal(45), "2件跨区域，协调难")
    assert dict(found.verbatim)["存在问题"] == "2件跨区域,协调难"


def test_the_next_ledger_brings_it_up_to_date_and_the_log_keeps_what_stood(district: District) -> None:
    imported(district.office, one())
    ledgers = one()
    ledgers[FOLLOW_UPS][3][0] = "督[2026]4号"  # the same number written otherwise
    ledgers[FOLLOW_UPS][3][8:10] = ["60%", "化解12件,余8件"]
    assert changes(plan_of(ledgers, district.office), PETITIONS) == [
        ("编号", "督〔2026〕04号", "督[2026]4号"),
        ("进度", "45%", "60%"),
        ("最新进展", "化解9件，余11件", "化解12件,余8件"),
    ]
    imported(district.office, ledgers)
    assert LedgerFollowUp.objects.get().progress == Decimal(60)
    logged = AuditEntry.objects.get(verb="correct_follow_up")
    assert ["进度", "0.45"] in logged.detail["before"]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_a_column_the_next_ledger_lacks_takes_nothing_away(district: District) -> None:
    imported(district.office, one())
    ledgers = one()
    for line in ledgers[FOLLOW_UPS][2:]:
        del line[9:11]
    ledgers[FOLLOW_UPS][3][-1] = "办结"
    imported(district.office, ledgers)
    found = LedgerFollowUp.objects.get()
    assert (found.status, found.latest, dict(found.verbatim)["存在问题"]) == (
        "办结",
        "化解9件，余11件",
        "2件跨区域,协调难",
    )


def test_matters_without_a_number_are_told_apart_by_title_unit_and_day(district: District) -> None:
    ledgers = one()
    ledgers[FOLLOW_UPS][3][0] = None
    imported(district.office, ledgers)
    other = one("区级机关办公用房清理")
    other[FOLLOW_UPS][3][0] = None
    imported(district.office, other)
    assert LedgerFollowUp.objects.filter(number="").count() == 2
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_a_second_leading_unit_leads_too(district: District) -> None:
    ledgers = one()
    ledgers[FOLLOW_UPS][3][4] = "政法委、信访局"
    imported(district.office, ledgers)
    assert LedgerFollowUp.objects.get().lead_names == "政法委、信访局"
