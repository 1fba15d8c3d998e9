"""无记名票决 on the device: eleven members, three names, three scrutineers; who may do what, and what it comes to."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from agenda.meetings.models import AgendaEntry
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.identity.models import Account
from common.records.models import ChainRecord
from common.services import NotAllowed, Refused
from decisions.ballots.application_key import application_key
from decisions.ballots.models import Ballot, BallotCount, BallotEnvelope, BallotVoter, BallotWrap
from decisions.ballots.questions import report_of, turnout, voter_paper
from decisions.ballots.services.cast_at_booth import cast_at_booth
from decisions.ballots.services.cast_ballot import cast_ballot
from decisions.ballots.services.close_ballot import close_ballot
from decisions.ballots.services.confirm_ballot import confirm_ballot
from decisions.ballots.services.count_ballot import count_ballot
from decisions.ballots.services.give_slip import give_slip
from decisions.ballots.services.issue_ballot import issue_ballot
from decisions.ballots.services.sign_report import sign_report
from decisions.ballots.services.take_code import take_code
from decisions.ballots.services.void_ballot import void_ballot
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.votes.models import Round, RoundResult
from decisions.votes.services.close_round import close_round
from decisions.votes.services.count_hands import count_hands
from decisions.votes.services.open_round import open_round
from decisions.votes.services.void_round import void_round
from tests.decisions.ballots_story import (
    CHIEF,
    FIRST,
    NAMES,
    SECOND,
    cadre_entry,
    cast,
    cast_all,
    codes,
    confirmed,
    counted,
    device_ballot,
    drafted,
    fresh,
    issued,
    message,
    people,
    questions_of,
    with_officers,
)
from tests.decisions.hall_story import MEMBERS, recuse
from tests.support.cast import District

YES, NO, LATER = 1, 2, 3
TABLES = ("ballot", "ballotact", "ballotvoter", "ballotenvelope", "ballotwrap", "ballotcount", "slottotal", "round",
          "roundresult", "boothslip", "ballotchange", "ballotofficer", "ballotcode")  # fmt: skip


def stored() -> str:
    """Every row of the tables of a ballot and of the chain, byte for byte."""
    found = []
    with connection.cursor() as cursor:
        for table in (*(f"decisions_{one}" for one in TABLES), "common_chainrecord", "common_auditentry"):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY id")
            found.append(f"{table} {cursor.fetchall()}")
    return "\n".join(found)


@contextmanager
def refused(match: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Said so, and the tables are unchanged."""
    before = stored()
    with pytest.raises(kind, match=match):
        yield
    assert stored() == before


def test_a_cadre_ballot_of_three_names_from_draft_to_report(district: District) -> None:
    ballot, written = device_ballot(district, cadre_entry(district))
    assert turnout(ballot).eligible == 11
    marks = [(name, (YES, YES if place < 6 else NO, YES if place < 5 else LATER)) for place, name in enumerate(MEMBERS)]
    ballot = cast_all(district, ballot, marks)
    assert ballot.state == "closed"  # by itself, with the last
    ballot = counted(district, ballot, written)
    results = RoundResult.objects.filter(round__slot__ballot=ballot).order_by("round__slot__position")
    assert [result.sentence for result in results] == [
        "应到 11，同意 11，超过半数（6），通过。",
        "应到 11，同意 6，超过半数（6），通过。",
        "应到 11，同意 5，未超过半数（须 6），差 1 票，未通过。",
    ]
    assert [(c.issued, c.received, c.valid, c.invalid) for c in BallotCount.objects.all()] == [(11, 11, 11, 0)]
    assert not BallotEnvelope.objects.exists()
    assert not BallotWrap.objects.exists()
    for name in (CHIEF, FIRST, SECOND):
        ballot = sign_report(actor=district.actor(name), ballot=ballot)
    assert ballot.state == "reported"
    chain = ChainRecord.objects.filter(schema__contains="ballot").order_by("seq").values_list("schema", flat=True)
    assert list(chain) == ["ballot_issued/1", "ballot_closed/1", "ballot_counted/1", "ballot_reported/1"]
    report = report_of(ballot)
    assert report
    assert report.signed == [CHIEF, FIRST, SECOND]
    assert report.results[1].figures == [("同意", 6), ("不同意", 5), ("缓议", 0), ("废票", 0)]


def test_the_log_says_who_has_voted_and_never_what(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    cast(district, ballot, "顾维桢", NO, NO, NO)
    row = AuditEntry.objects.latest("pk")
    assert (row.verb, row.subject_label, row.detail) == ("cast_ballot", "顾维桢已投票", {})


def test_nobody_votes_twice_nor_before_the_issue_nor_after_the_close(district: District) -> None:
    draft = confirmed(district, with_officers(district, drafted(district, cadre_entry(district))))
    with refused("已确认，现在不能投票"):
        cast_ballot(actor=district.mayor, ballot=draft, sealed=b"x")
    written = codes(district, draft)
    ballot = issued(district, draft)
    cast(district, ballot, MEMBERS[1], YES, YES, YES)
    with refused("陆景和已经投票，每人只投一次"):
        cast(district, ballot, MEMBERS[1], NO, NO, NO)
    ballot = cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS if name != MEMBERS[1]])
    with refused("已截止，现在不能投票"):
        cast(district, ballot, MEMBERS[2], YES, YES, YES)
    with refused("监票口令不对"):
        counted(district, ballot, written | {FIRST: "1234 5678 9012 3456"})
    assert counted(district, ballot, written).state == "counted"
    with refused("不能计票"):
        counted(district, ballot, written)


def test_who_is_no_voter_does_not_vote(district: District) -> None:
    entry = cadre_entry(district, present=MEMBERS[:10])
    recuse(district, entry, "苏文珩")
    ballot = ballot_of_ten(district, entry)
    arrive(actor=district.office, meeting=entry.meeting, person=district.person(MEMBERS[10]))
    for name, why in (
        ("林知微", "不是本次会议的应到成员"),
        ("苏文珩", "在本项回避"),
        (MEMBERS[10], "发票时不在会场"),
    ):
        with refused(why):
            cast(district, ballot, name, YES, YES, YES)


def ballot_of_ten(district: District, entry: AgendaEntry) -> Ballot:
    """雷定远 has not come: 程望舒 watches instead."""
    instead = people(district, FIRST, "程望舒")
    ballot = confirmed(district, with_officers(district, drafted(district, entry), scrutineers=instead))
    for name in (CHIEF, FIRST, "程望舒"):
        take_code(actor=district.actor(name), ballot=ballot)
    return issued(district, ballot)


def test_who_has_left_votes_when_he_is_back(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    person, meeting = district.person("贺北辰"), ballot.entry.meeting
    depart(actor=district.office, meeting=meeting, person=person)
    with refused("贺北辰已离席，不能投票"):
        cast(district, ballot, "贺北辰", YES, YES, YES)
    arrive(actor=district.office, meeting=meeting, person=person)
    cast(district, ballot, "贺北辰", YES, YES, YES)
    assert turnout(ballot).cast == 1


def test_a_delegate_casts_nothing_for_another(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    mayor = district.mayor
    staff = Actor(mayor.committee, mayor.person, account=Account.objects.first(), by_staff=True)
    with refused("须由本人办理", NotAllowed):
        cast_ballot(actor=staff, ballot=ballot, sealed=message(ballot, mayor.person, (YES,) * 3))


@pytest.mark.parametrize("sealed", [b"", b"x" * 69, b"x" * 71])
def test_a_message_of_another_length_is_not_taken(district: District, sealed: bytes) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    with refused("没有完整送达"):
        cast_ballot(actor=district.mayor, ballot=ballot, sealed=sealed)


def test_an_envelope_of_another_member_is_invalid_and_spoils_nobody_elses(district: District) -> None:
    """陆景和 hands in what 顾维桢's browser sealed: his own ballot is void, hers counts."""
    ballot, written = device_ballot(district, cadre_entry(district))
    hers = message(ballot, district.person("顾维桢"), (NO, NO, NO))
    cast_ballot(actor=district.mayor, ballot=ballot, sealed=hers)
    ballot = cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS if name != MEMBERS[1]])
    counted(district, ballot, written)
    assert [(c.received, c.valid, c.invalid) for c in BallotCount.objects.all()] == [(11, 10, 1)]
    assert {(r.approve, r.oppose, r.invalid) for r in RoundResult.objects.all()} == {(10, 0, 1)}


def test_who_is_recused_from_one_name_votes_on_the_others(district: District) -> None:
    entry = cadre_entry(district)
    first, *_ = questions_of(entry)
    ballot, written = device_ballot(district, entry, recused={first.pk: people(district, "苏文珩")})
    paper = voter_paper(ballot, district.person("苏文珩"))
    assert [slot.recused for slot in paper.slots] == [True, False, False]
    marks = dict.fromkeys(MEMBERS, (YES, YES, YES)) | {"苏文珩": (NO, NO, YES)}
    ballot = counted(district, cast_all(district, ballot, marks.items()), written)
    results = RoundResult.objects.order_by("round__slot__position")
    assert [(one.present, one.approve, one.oppose) for one in results] == [(10, 10, 0), (11, 10, 1), (11, 11, 0)]
    assert results[0].sentence == "应到 11，回避 1（仍计入应到），同意 10，超过半数（6），通过。"


def test_who_is_recused_after_the_issue_casts_nothing(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    recuse(district, ballot.entry, "苏文珩")
    with refused("苏文珩在发票时不在会场，或者在本项回避"):
        cast(district, ballot, "苏文珩", YES, YES, YES)


def test_a_ballot_that_a_recused_member_had_cast_is_not_counted_but_voided(district: District) -> None:
    ballot, written = device_ballot(district, cadre_entry(district))
    ballot = cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS])
    recuse(district, ballot.entry, "苏文珩")
    with refused("发票以后登记了苏文珩的回避，这次票决不能计票"):
        counted(district, ballot, written)
    assert void_ballot(actor=district.actor(CHIEF), ballot=ballot, reason="苏文珩应回避").state == "voided"


def test_a_scrutineer_who_is_recused_meanwhile_does_not_watch(district: District) -> None:
    ballot = confirmed(district, with_officers(district, drafted(district, cadre_entry(district))))
    codes(district, ballot)
    issue_ballot(actor=district.office, ballot=ballot)
    recuse(district, ballot.entry, FIRST)
    with refused("马春屿在本项回避，不能监票、计票"):
        issue_ballot(actor=district.actor(CHIEF), ballot=ballot)


def test_closing_early_takes_the_chair_and_the_chief_scrutineer_and_a_reason(district: District) -> None:
    ballot, written = device_ballot(district, cadre_entry(district))
    ballot = cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS[:8]])
    with refused("须写明理由"):
        close_ballot(actor=district.secretary, ballot=ballot)
    with refused("由主持人和总监票人共同确认", NotAllowed):
        close_ballot(actor=district.office, ballot=ballot, reason="人已走")
    with refused("须由韩立岑在自己的页面上办理", NotAllowed):
        close_ballot(actor=district.office, ballot=ballot, reason="人已走", person=district.person(CHIEF))
    assert close_ballot(actor=district.secretary, ballot=ballot, reason="三人因急事离会").state == "issued"
    with refused("已经截止，还须另一人"):
        close_ballot(actor=district.secretary, ballot=ballot, reason="三人因急事离会")
    with refused("不能计票"):
        counted(district, ballot, written)
    ballot = close_ballot(actor=district.actor(CHIEF), ballot=ballot, reason="三人因急事离会")
    assert ballot.state == "closed"
    counted(district, ballot, written)
    assert {r.sentence for r in RoundResult.objects.all()} == {"应到 11，同意 8，超过半数（6），通过。"}


def test_a_ballot_that_too_few_took_part_in_is_not_closed(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS[:2]])
    for name in MEMBERS[4:10]:
        depart(actor=district.office, meeting=ballot.entry.meeting, person=district.person(name))
    close_ballot(actor=district.secretary, ballot=ballot, reason="急事")
    with refused("差 3 人，不能表决。这次票决只能作废"):
        close_ballot(actor=district.actor(CHIEF), ballot=ballot, reason="急事")


def test_two_different_codes_open_it_and_one_alone_does_not(district: District) -> None:
    ballot, written = device_ballot(district, cadre_entry(district))
    ballot = cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS])
    chief, first, second = (district.actor(name) for name in (CHIEF, FIRST, SECOND))
    with refused("须两名监票人各输入"):
        count_ballot(actor=chief, ballot=ballot, codes={chief.person: written[CHIEF]})
    with refused("马春屿的监票口令不对"):
        count_ballot(actor=chief, ballot=ballot, codes={chief.person: written[CHIEF], first.person: written[CHIEF]})
    with refused("苏文珩不是本次票决的监票人", NotAllowed):
        other = district.person("苏文珩")
        count_ballot(actor=chief, ballot=ballot, codes={chief.person: written[CHIEF], other: written[FIRST]})
    with refused("由两名监票人当场输入", NotAllowed):
        count_ballot(actor=district.mayor, ballot=ballot, codes={})
    given = {second.person: written[SECOND], chief.person: written[CHIEF].replace(" ", "")}
    assert count_ballot(actor=second, ballot=ballot, codes=given).state == "counted"


def test_who_watches_is_present_impartial_and_one_of_three(district: District) -> None:
    entry = cadre_entry(district, present=MEMBERS[:10])
    first, second, _ = questions_of(entry)
    ballot = drafted(
        district, entry, people={first.pk: district.person("苏文珩")}, recused={second.pk: people(district, "岑以宁")}
    )
    for chief, why in (
        ("苏文珩", "是候选人"), ("岑以宁", "回避"), ("沈砚清", "主持会议"), ("雷定远", "不在会场"),
        (FIRST, "只能担任一项"),
    ):  # fmt: skip
        with refused(why):
            with_officers(district, ballot, chief=district.person(chief), scrutineers=people(district, FIRST, "程望舒"))
    with refused("须有两名监票人"):
        with_officers(district, ballot, scrutineers=people(district, FIRST))
    ballot = with_officers(district, ballot, scrutineers=people(district, FIRST, "程望舒"))
    with refused("由监票人（韩立岑、马春屿、程望舒）确认", NotAllowed):
        confirm_ballot(actor=district.office, ballot=ballot)
    for name in (FIRST, "程望舒"):
        assert confirm_ballot(actor=district.actor(name), ballot=ballot).state == "draft"  # 总监票人 must, too
    with refused("监票人已经确认，不能再改人选"):
        with_officers(district, ballot)
    assert confirm_ballot(actor=district.actor(CHIEF), ballot=ballot).state == "confirmed"


def test_it_is_issued_by_two_with_all_three_codes(district: District) -> None:
    ballot = confirmed(district, with_officers(district, drafted(district, cadre_entry(district))))
    issue_ballot(actor=district.office, ballot=ballot)
    with refused("还没有领取监票口令"):
        issue_ballot(actor=district.actor(CHIEF), ballot=ballot)
    codes(district, ballot)
    with refused("领取监票口令由本次票决的监票人", NotAllowed):
        take_code(actor=district.office, ballot=ballot)
    with refused("周予安已经发票，还须另一人"):
        issue_ballot(actor=district.office, ballot=ballot)
    with refused("须总监票人韩立岑确认"):
        issue_ballot(actor=district.actor(FIRST), ballot=ballot)
    assert issue_ballot(actor=district.actor(CHIEF), ballot=ballot).state == "issued"


def test_a_code_taken_again_before_the_issue_is_the_one_that_opens(district: District) -> None:
    ballot = confirmed(district, with_officers(district, drafted(district, cadre_entry(district))))
    lost = codes(district, ballot)
    written = codes(district, ballot)
    ballot = cast_all(district, issued(district, ballot), [(name, (YES,) * 3) for name in MEMBERS])
    with refused("口令不对"):
        counted(district, ballot, lost)
    assert counted(district, ballot, written).state == "counted"


def test_under_five_voters_the_device_is_not_offered(district: District) -> None:
    entry = cadre_entry(district)
    for name in MEMBERS[1:8]:
        recuse(district, entry, name)
    with refused("只有 4 人，不足 5 人，不用电子票。请改用纸质票"):
        drafted(district, entry)


def test_a_void_ballot_is_never_opened_and_another_follows_in_the_same_meeting(district: District) -> None:
    entry = cadre_entry(district)
    ballot, _ = device_ballot(district, entry)
    cast_all(district, ballot, [(name, (YES,) * 3) for name in MEMBERS[:4]])
    with refused("由总监票人或主持人作废", NotAllowed):
        void_ballot(actor=district.office, ballot=ballot, reason="两份口令遗失")
    with refused("须写明理由"):
        void_ballot(actor=district.actor(CHIEF), ballot=ballot, reason=" ")
    with refused("另有一次票决没有结束"):
        drafted(district, entry)
    void_ballot(actor=district.actor(CHIEF), ballot=ballot, reason="两份口令遗失")
    assert not BallotEnvelope.objects.exists()
    assert not BallotWrap.objects.exists()
    assert set(Round.objects.values_list("state", flat=True)) == {"voided"}
    again, written = device_ballot(district, entry)
    assert (again.no, again.state) == (2, "issued")
    counted(district, cast_all(district, again, [(name, (YES,) * 3) for name in MEMBERS]), written)
    assert RoundResult.objects.filter(passed=True).count() == len(NAMES)


def test_where_the_chief_scrutineer_is_not_to_be_had_the_chair_voids(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    depart(actor=district.office, meeting=ballot.entry.meeting, person=district.person(CHIEF))
    with refused("由总监票人或主持人作废", NotAllowed):
        void_ballot(actor=district.mayor, ballot=ballot, reason="总监票人离会")
    assert void_ballot(actor=district.secretary, ballot=ballot, reason="总监票人离会").state == "voided"


def test_a_secret_round_is_nothing_for_the_open_ways(district: District) -> None:
    entry = cadre_entry(district)
    question = questions_of(entry)[0]
    with refused("无记名票决不在这里开始"):
        open_round(actor=district.office, question=question, form="secret")
    device_ballot(district, entry)
    round_ = Round.objects.get(question=question)
    for act, why in (
        (lambda: close_round(actor=district.office, round_=round_), "由监票人计票"),
        (lambda: count_hands(actor=district.office, round_=round_, approve=9), "不是举手表决"),
        (lambda: void_round(actor=district.office, round_=round_, reason="误"), "随整张票作废"),
        (lambda: open_round(actor=district.office, question=question, form="recorded"), "另有表决正在进行"),
    ):
        with refused(why):
            act()


def test_at_the_booth_a_slip_votes_once_for_whom_it_was_given(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    voter = district.person("陆景和")
    with refused("由本次票决的监票人", NotAllowed):
        give_slip(actor=district.office, ballot=ballot, person=voter)
    with refused("不参加这次票决"):
        give_slip(actor=district.actor(CHIEF), ballot=ballot, person=district.person("林知微"))
    earlier = give_slip(actor=district.actor(CHIEF), ballot=ballot, person=voter)
    slip = give_slip(actor=district.actor(FIRST), ballot=ballot, person=voter)
    sealed = message(ballot, voter, (YES, YES, YES))
    for wrong in ("1234 5678 9012", earlier):
        with refused("凭条无效"):
            cast_at_booth(actor=district.office, ballot=ballot, slip=wrong, sealed=sealed)
    assert slip.replace(" ", "") not in stored()
    cast_at_booth(actor=district.office, ballot=ballot, slip=slip.replace(" ", ""), sealed=sealed)
    assert BallotVoter.objects.get(cast=True).person == voter
    with refused("已经用过"):
        cast_at_booth(actor=district.office, ballot=ballot, slip=slip, sealed=sealed)
    with refused("已经投票，不再发"):
        give_slip(actor=district.actor(CHIEF), ballot=ballot, person=voter)


def test_the_applications_key_is_a_file_of_its_own_that_only_the_program_reads(district: District, settings) -> None:
    key = application_key()
    assert (len(key), application_key(), settings.BALLOT_KEY_FILE.stat().st_mode & 0o777) == (32, key, 0o600)
    assert key.hex() not in stored()
    assert fresh(device_ballot(district, cadre_entry(district))[0]).public_key != key.hex()
