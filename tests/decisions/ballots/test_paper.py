"""无记名票决 on paper: unnumbered papers, two tellers who count apart, the box, the seal, the report."""

from datetime import date
from typing import Any

import pytest

from common.services import NotAllowed, Refused
from decisions.ballots.models import Ballot, BallotCount, PaperCount, PaperSeal
from decisions.ballots.questions import printed_paper, report_of
from decisions.ballots.services.close_ballot import close_ballot
from decisions.ballots.services.confirm_ballot import confirm_ballot
from decisions.ballots.services.seal_paper import seal_paper
from decisions.ballots.services.sign_report import sign_report
from decisions.votes.models import Round, RoundResult
from tests.decisions.ballots_story import (
    CHIEF,
    FIRST,
    SECOND,
    TELLERS,
    cadre_entry,
    collected,
    drafted,
    paper_ballot,
    people,
    questions_of,
    told_by,
    with_officers,
)
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District

ONE, OTHER = TELLERS


def figures(ballot: Ballot, *slots: tuple[int, int, int, int], **given: int) -> dict[str, Any]:
    """同意, 不同意, 缓议, 废票 of each slot; eleven papers out and in, none void, unless said otherwise."""
    fields = ("approve", "oppose", "deferred", "invalid")
    pks = ballot.slots.order_by("position").values_list("pk", flat=True)
    told = {pk: dict(zip(fields, slot, strict=True)) for pk, slot in zip(pks, slots, strict=True)}
    return {"issued": 11, "received": 11, "invalid": 0, "slots": told} | given


def results() -> list[tuple[int, ...]]:
    rows = RoundResult.objects.order_by("round__slot__position")
    return [(row.approve, row.oppose, row.deferred, row.invalid, row.passed) for row in rows]


def test_a_paper_ballot_from_print_to_report(district: District) -> None:
    ballot = paper_ballot(district, cadre_entry(district))
    paper = printed_paper(ballot)
    assert (paper.copies, paper.words, paper.names) == (11, ["同意", "不同意", "缓议"], ["拟任甲", "拟任乙", "拟任丙"])
    ballot = collected(district, ballot)
    said = figures(ballot, (11, 0, 0, 0), (6, 4, 0, 1), (5, 6, 0, 0))
    assert told_by(district, ONE, ballot, **said).state == "closed"
    assert not RoundResult.objects.exists()
    ballot = told_by(district, OTHER, ballot, **said)
    assert ballot.state == "counted"
    assert results() == [(11, 0, 0, 0, True), (6, 4, 0, 1, True), (5, 6, 0, 0, False)]
    keeper = district.person("周予安")
    seal_paper(
        actor=district.office, ballot=ballot, number="云委封〔2026〕8号", keeper=keeper, keep_until=date(2031, 11, 26)
    )
    with pytest.raises(Refused, match="已经封存"):
        seal_paper(actor=district.office, ballot=ballot, number="9", keeper=keeper, keep_until=date(2031, 11, 26))
    for name in (CHIEF, FIRST, SECOND):  # signed on paper, entered by 秘书科
        ballot = sign_report(actor=district.office, ballot=ballot, person=district.person(name))
    assert ballot.state == "reported"
    assert PaperSeal.objects.get().keeper == keeper
    report = report_of(ballot)
    assert report and [row.figures[3] for row in report.results] == [("废票", 0), ("废票", 1), ("废票", 0)]


def test_two_who_count_otherwise_count_again(district: District) -> None:
    ballot = collected(district, paper_ballot(district, cadre_entry(district)))
    right = figures(ballot, (11, 0, 0, 0), (11, 0, 0, 0), (8, 3, 0, 0))
    wrong = figures(ballot, (11, 0, 0, 0), (11, 0, 0, 0), (7, 4, 0, 0))
    told_by(district, ONE, ballot, **right)
    assert told_by(district, OTHER, ballot, **wrong).state == "closed"
    assert told_by(district, ONE, ballot, **right).state == "closed"
    assert told_by(district, OTHER, ballot, **right).state == "counted"
    assert PaperCount.objects.count() == 4


def test_one_teller_is_not_two(district: District) -> None:
    ballot = collected(district, paper_ballot(district, cadre_entry(district)))
    said = figures(ballot, *[(11, 0, 0, 0)] * 3)
    for _ in range(2):
        assert told_by(district, ONE, ballot, **said).state == "closed"
    with pytest.raises(NotAllowed, match="由计票人（周予安、邵闻笛）本人登记"):
        told_by(district, CHIEF, ballot, **said)
    assert not BallotCount.objects.exists()


def test_more_received_than_issued_voids_it_when_both_found_so(district: District) -> None:
    entry = cadre_entry(district)
    ballot = collected(district, paper_ballot(district, entry))
    said = figures(ballot, *[(11, 0, 0, 0)] * 3, issued=10)
    assert told_by(district, ONE, ballot, **said).state == "closed"
    ballot = told_by(district, OTHER, ballot, **said)
    assert ballot.state == "voided"
    assert ballot.changes.last().reason == "发出 10 张，收回 11 张，收回多于发出，作废重投"
    assert set(Round.objects.values_list("state", flat=True)) == {"voided"}
    assert paper_ballot(district, entry).no == 2


@pytest.mark.parametrize(
    ("slots", "given", "why"),
    [
        ([(11, 0, 0, 0)] * 2 + [(11, 1, 0, 0)], {}, "第 3 项各栏合计 12，与有效票 11 张不符"),
        ([(11, 0, 0, 0)] * 2 + [(9, 1, 0, 0)], {}, "第 3 项各栏合计 10，与有效票 11 张不符"),
        ([(11, 0, 0, 0)] * 3, {"invalid": 1}, "第 1 项各栏合计 11，与有效票 10 张不符"),
        ([(11, 0, 0, 0)] * 3, {"issued": 12}, "发出 12 张，多于投票人 11 人"),
        ([(11, 0, 0, 0)] * 3, {"invalid": 12}, "无效 12 张，多于收回"),
        ([(12, -1, 0, 0)] * 3, {}, "不小于零的整数"),
    ],
)
def test_figures_that_do_not_add_up_are_counted_again(district: District, slots: list, given: dict, why: str) -> None:
    ballot = collected(district, paper_ballot(district, cadre_entry(district)))
    with pytest.raises(Refused, match=why):
        told_by(district, ONE, ballot, **figures(ballot, *slots, **given))
    assert not PaperCount.objects.exists()


def test_void_papers_are_void_for_every_name(district: District) -> None:
    ballot = collected(district, paper_ballot(district, cadre_entry(district)))
    said = figures(ballot, *[(8, 1, 0, 0)] * 3, received=10, invalid=1)
    for teller in TELLERS:
        ballot = told_by(district, teller, ballot, **said)
    assert [(c.issued, c.received, c.valid, c.invalid) for c in BallotCount.objects.all()] == [(11, 10, 9, 1)]
    assert results() == [(8, 1, 0, 1, True)] * 3


def test_who_is_recused_from_one_name_leaves_it_out(district: District) -> None:
    entry = cadre_entry(district)
    first, *_ = questions_of(entry)
    ballot = collected(district, paper_ballot(district, entry, recused={first.pk: people(district, "苏文珩")}))
    said = figures(ballot, (10, 0, 0, 0), (11, 0, 0, 0), (11, 0, 0, 0))
    for teller in TELLERS:
        ballot = told_by(district, teller, ballot, **said)
    assert [(row.present, row.approve) for row in RoundResult.objects.order_by("pk")] == [(10, 10), (11, 11), (11, 11)]


def test_what_is_signed_on_paper_is_entered_by_the_office_and_nobody_else(district: District) -> None:
    ballot = with_officers(district, drafted(district, cadre_entry(district), "paper"))
    with pytest.raises(NotAllowed, match="由秘书科登记"):
        confirm_ballot(actor=district.actor(MEMBERS[5]), ballot=ballot, person=district.person(CHIEF))
    for name in (CHIEF, FIRST):
        ballot = confirm_ballot(actor=district.office, ballot=ballot, person=district.person(name))
    assert ballot.state == "confirmed"
    acts = ballot.acts.values_list("person__name", "entered_by__name")
    assert list(acts) == [(CHIEF, "周予安"), (FIRST, "周予安")]


def test_the_box_is_brought_in_by_the_chief_scrutineer_and_counted_afterwards(district: District) -> None:
    ballot = paper_ballot(district, cadre_entry(district))
    with pytest.raises(Refused, match="请先由总监票人收票截止"):
        told_by(district, ONE, ballot, **figures(ballot, *[(11, 0, 0, 0)] * 3))
    with pytest.raises(NotAllowed, match="收票由总监票人确认"):
        close_ballot(actor=district.secretary, ballot=ballot)
    assert collected(district, ballot).state == "closed"


def test_two_tellers_are_named_for_paper(district: District) -> None:
    ballot = drafted(district, cadre_entry(district), "paper")
    with pytest.raises(Refused, match="须有两名计票人"):
        with_officers(district, ballot, tellers=people(district, ONE))
