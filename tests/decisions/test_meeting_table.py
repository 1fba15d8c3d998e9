"""Every state × verb × role of a meeting, from its plan to the signed 纪要, written out.

One meeting with 城东学校 and a report goes from stage to stage; at each, every role of the cast tries every act. A cell
says what happens: `y` done, `-` refused for the person, `x` refused for the state or a rule though the person may,
`.` there is nothing yet to act on. Whatever is refused leaves no trace.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction

from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.send_notice import send_notice
from agenda.meetings.services.set_entry import set_entry
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.records.models import ChainHead
from decisions.hall.services.arrive import arrive
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.depart import depart
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.reopen_minutes import reopen_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.save_minutes import save_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from decisions.outcomes.matters import MatterInput
from decisions.outcomes.models import Decision
from decisions.outcomes.services.correct_decision import correct_decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.votes.models import Question, Round
from decisions.votes.services.add_question import add_question
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.correct_vote import correct_vote
from decisions.votes.services.drop_question import drop_question
from decisions.votes.services.open_round import open_round
from decisions.votes.services.pause_entry import pause_entry
from decisions.votes.services.void_round import void_round
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District
from tests.support.meetings import call, moment, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item
from tests.support.tables import happens, read_table
from tests.support.time import Clock

STAGES = [
    *("plan", "call", "open", "begn", "vote", "cast", "votd", "decd", "rept", "done"),
    *("clos", "draf", "subm", "chek", "sign", "canc"),
]
ROLES = ["office", "director", "secretary", "mayor", "leader", "head", "liaison", "auditor", "administrator"]

TABLE = """
verb      role                           plan call open begn vote cast votd decd rept done clos draf subm chek sign canc
change    office,director                y    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
change    *                              -    -    x    x    x    x    x    x    x    x    x    x    x    x    x    x
notify    office,director                y    x    x    x    x    x    x    x    x    x    x    x    x    x    x    x
notify    *                              -    -    x    x    x    x    x    x    x    x    x    x    x    x    x    x
set_entry office,director                y    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
set_entry *                              -    -    x    x    x    x    x    x    x    x    x    x    x    x    x    x
remove    office,director                y    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
remove    *                              -    -    x    x    x    x    x    x    x    x    x    x    x    x    x    x
cancel    office,director                y    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
cancel    *                              -    -    x    x    x    x    x    x    x    x    x    x    x    x    x    x
reply     director,secretary,mayor,head  x    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
reply     *                              x    x    x    x    x    x    x    x    x    x    x    x    x    x    x    x
sign_in   office,director                x    y    y    y    y    y    y    y    y    y    x    x    x    x    x    x
sign_in   *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
sign_out  office,director                x    y    y    y    y    y    y    y    y    y    x    x    x    x    x    x
sign_out  *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
open      office,director                x    y    x    x    x    x    x    x    x    x    x    x    x    x    x    x
open      *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
close     office,director                x    x    x    x    x    x    x    x    x    y    x    x    x    x    x    x
close     *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
begin     office,director                x    x    y    x    x    x    x    x    x    x    x    x    x    x    x    x
begin     *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
pause     office,director                x    x    x    y    x    x    x    x    x    x    x    x    x    x    x    x
pause     *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
note      office,director                x    x    y    y    y    y    y    x    x    x    x    x    x    x    x    x
note      *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
defer     office,director                x    x    y    y    x    x    x    x    x    x    x    x    x    x    x    x
defer     *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
hear      office,director                x    x    x    x    x    x    x    x    y    x    x    x    x    x    x    x
hear      *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
decide    office,director                x    x    x    x    x    x    y    x    x    x    x    x    x    x    x    x
decide    *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
correct   office,director                x    x    x    x    x    x    x    y    y    y    x    x    x    x    x    x
correct   *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
draft     office,director                x    x    x    x    x    x    x    x    x    x    y    x    x    x    x    x
draft     *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
ask       office,director                x    x    x    y    y    y    y    x    x    x    x    x    x    x    x    x
ask       *                              -    -    -    -    -    -    -    -    -    -    -    -    -    -    -    -
drop      office,director                .    .    .    y    x    x    x    x    x    x    x    x    x    x    x    .
drop      *                              .    .    .    -    -    -    -    -    -    -    -    -    -    -    -    .
agree     office,director                .    .    .    y    x    x    x    x    x    x    x    x    x    x    x    .
agree     *                              .    .    .    -    -    -    -    -    -    -    -    -    -    -    -    .
open_vote office,director                .    .    .    y    x    x    x    x    x    x    x    x    x    x    x    .
open_vote *                              .    .    .    -    -    -    -    -    -    -    -    -    -    -    -    .
cast      office,director                .    .    .    .    y    x    x    x    x    x    x    x    x    x    x    .
cast      *                              .    .    .    .    -    -    -    -    -    -    -    -    -    -    -    .
recast    office,director                .    .    .    .    x    y    x    x    x    x    x    x    x    x    x    .
recast    *                              .    .    .    .    -    -    -    -    -    -    -    -    -    -    -    .
announce  office,director                .    .    .    .    x    y    x    x    x    x    x    x    x    x    x    .
announce  *                              .    .    .    .    -    -    -    -    -    -    -    -    -    -    -    .
void      office,director                .    .    .    .    y    y    x    x    x    x    x    x    x    x    x    .
void      *                              .    .    .    .    -    -    -    -    -    -    -    -    -    -    -    .
save      office,director                .    .    .    .    .    .    .    .    .    .    .    y    y    x    x    .
save      *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
submit    office,director                .    .    .    .    .    .    .    .    .    .    .    y    x    x    x    .
submit    *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
review    director                       .    .    .    .    .    .    .    .    .    .    .    y    y    x    x    .
review    *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
reopen    office,director,secretary      .    .    .    .    .    .    .    .    .    .    .    x    y    y    x    .
reopen    *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
sign      secretary                      .    .    .    .    .    .    .    .    .    .    .    x    x    y    x    .
sign      *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
supersede office,director                .    .    .    .    .    .    .    .    .    .    .    x    x    x    y    .
supersede *                              .    .    .    .    .    .    .    .    .    .    .    -    -    -    -    .
"""


class There:
    """What stands at a stage, read anew for every act."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.pk = planned_meeting(district, "2026-11-26 15:00").pk
        school, report = on_agenda(district, self.meeting, ready_item(district), heard_item(district))
        self.entries = {"school": school.pk, "report": report.pk}

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.with_names().get(pk=self.pk)

    @property
    def school(self) -> AgendaEntry:
        return AgendaEntry.objects.get(pk=self.entries["school"])

    @property
    def report(self) -> AgendaEntry:
        return AgendaEntry.objects.get(pk=self.entries["report"])

    @property
    def question(self) -> Question | None:
        return Question.objects.filter(entry=self.school).order_by("position").first()

    @property
    def round(self) -> Round | None:
        return Round.objects.filter(question__entry=self.school).order_by("-pk").first()

    @property
    def minutes(self) -> Minutes | None:
        return Minutes.objects.filter(meeting=self.pk).order_by("-pk").first()


def matters(there: There) -> list[MatterInput]:
    unit, leader = there.district.unit("教体局"), there.district.person("闻人澈")
    return [
        MatterInput(question, "passed", question.text, leader=leader, lead_unit=unit, due_on=date(2028, 8, 31))
        for question in Question.objects.filter(entry=there.school).order_by("position")
    ]


def standing_decision(there: There) -> int:
    """The id of what was decided on 城东学校; 0 before."""
    found = Decision.objects.filter(entry=there.school, superseded_by__isnull=True)
    return found.values_list("pk", flat=True).first() or 0


def changed(there: There, actor: Actor) -> object:
    chair = there.district.person("沈砚清")
    return change_meeting(
        actor=actor, meeting=there.meeting, starts_at=moment("2026-11-26 16:00"), place="二楼", chair=chair,
        kind=Meeting.Kind.REGULAR,
    )  # fmt: skip


def saved(there: There, actor: Actor) -> object:
    revision = MinutesDraft.objects.get(minutes=there.minutes).revision
    return save_minutes(actor=actor, minutes=there.minutes, fields={"recorder": "周予安"}, revision=revision)


Act = Callable[[There, Actor], object]
MEETING: dict[str, Act] = {
    "change": changed,
    "notify": lambda t, actor: send_notice(actor=actor, meeting=t.meeting),
    "set_entry": lambda t, actor: set_entry(actor=actor, entry=t.report, minutes=5, presenter="韩立岑"),
    "remove": lambda t, actor: remove_entry(actor=actor, entry=t.report, reason="下次再听"),
    "cancel": lambda t, actor: cancel_meeting(actor=actor, meeting=t.meeting, reason="改期"),
    "reply": lambda t, actor: reply_to_notice(actor=actor, meeting=t.meeting, answer="attend"),
    "sign_in": lambda t, actor: arrive(actor=actor, meeting=t.meeting, person=t.district.person("雷定远")),
    "sign_out": lambda t, actor: depart(actor=actor, meeting=t.meeting, person=t.district.person("陆景和")),
    "open": lambda t, actor: open_meeting(actor=actor, meeting=t.meeting),
    "close": lambda t, actor: close_meeting(actor=actor, meeting=t.meeting),
    "begin": lambda t, actor: begin_entry(actor=actor, entry=t.school),
    "pause": lambda t, actor: pause_entry(actor=actor, entry=t.school),
    "note": lambda t, actor: note_entry(actor=actor, entry=t.school, kind="point", text="要快", speaker="陆景和"),
    "defer": lambda t, actor: defer_entry(actor=actor, entry=t.school, reason="再核", todo="教体局核实"),
    "hear": lambda t, actor: hear_entry(actor=actor, entry=t.report),
    "decide": lambda t, actor: decide_entry(actor=actor, entry=t.school, matters=matters(t)),
    "correct": lambda t, actor: correct_decision(
        actor=actor, entry=t.school, seen=standing_decision(t), matters=matters(t), reason="笔误"
    ),
    "draft": lambda t, actor: start_minutes(actor=actor, meeting=t.meeting),
}
QUESTION: dict[str, Act] = {
    "ask": lambda t, actor: add_question(actor=actor, entry=t.school, text="同意修路"),
    "drop": lambda t, actor: drop_question(actor=actor, question=t.question),
    "agree": lambda t, actor: agree_orally(actor=actor, question=t.question),
    "open_vote": lambda t, actor: open_round(actor=actor, question=t.question, form=Round.Form.RECORDED),
}
VOTE: dict[str, Act] = {
    "cast": lambda t, actor: cast_vote(
        actor=actor, round_=t.round, person=t.district.person("陆景和"), choice="oppose"
    ),
    "recast": lambda t, actor: correct_vote(
        actor=actor, round_=t.round, person=t.district.person("陆景和"), choice="oppose", reason="听错"
    ),
    "announce": lambda t, actor: close_round(actor=actor, round_=t.round),
    "void": lambda t, actor: void_round(actor=actor, round_=t.round, reason="重来"),
}
MINUTES: dict[str, Act] = {
    "save": saved,
    "submit": lambda t, actor: submit_minutes(actor=actor, minutes=t.minutes),
    "review": lambda t, actor: review_minutes(actor=actor, minutes=t.minutes),
    "reopen": lambda t, actor: reopen_minutes(actor=actor, minutes=t.minutes, reason="再改"),
    "sign": lambda t, actor: sign_minutes(actor=actor, minutes=t.minutes),
    "supersede": lambda t, actor: correct_minutes(actor=actor, minutes=t.minutes, reason="漏了一行"),
}
VERBS = {**MEETING, **QUESTION, **VOTE, **MINUTES}


def stages(there: There) -> Iterator[str]:
    """Takes the meeting from stage to stage; the cancelled one is looked at first and undone."""
    district, office = there.district, there.district.office
    with transaction.atomic():
        cancel_meeting(actor=office, meeting=there.meeting, reason="改期")
        yield "canc"
        transaction.set_rollback(True)
    yield "plan"
    call(district, there.meeting)
    Clock().set("2026-11-26 14:50")
    sign_in(actor=office, meeting=there.meeting, people=[district.person(name) for name in MEMBERS[:10]])
    yield "call"
    open_meeting(actor=office, meeting=there.meeting)
    yield "open"
    begin_entry(actor=office, entry=there.school)
    yield "begn"
    first, *others = Question.objects.filter(entry=there.school).order_by("position")
    open_round(actor=office, question=first, form=Round.Form.RECORDED)
    yield "vote"
    cast_rest(actor=office, round_=there.round, choice="approve")
    yield "cast"
    close_round(actor=office, round_=there.round)
    for question in others:
        agree_orally(actor=office, question=question)
    yield "votd"
    decide_entry(actor=office, entry=there.school, matters=matters(there))
    yield "decd"
    begin_entry(actor=office, entry=there.report)
    yield "rept"
    hear_entry(actor=office, entry=there.report)
    yield "done"
    close_meeting(actor=office, meeting=there.meeting)
    yield "clos"
    start_minutes(actor=office, meeting=there.meeting)
    yield "draf"
    submit_minutes(actor=office, minutes=there.minutes)
    yield "subm"
    review_minutes(actor=district.director, minutes=there.minutes)
    yield "chek"
    sign_minutes(actor=district.secretary, minutes=there.minutes)
    yield "sign"


def cell(there: There, verb: str, role: str) -> str:
    """What the act comes to; `.` where there is nothing to act on."""
    lacks = (
        (verb in QUESTION and verb != "ask" and there.question is None)
        or (verb in VOTE and there.round is None)
        or (verb in MINUTES and there.minutes is None)
    )
    return "." if lacks else happens(VERBS[verb], there, getattr(there.district, role))


@pytest.mark.long
def test_what_each_role_may_do_at_each_stage(district: District) -> None:
    there = There(district)
    found = {}
    for stage in stages(there):
        before = AuditEntry.objects.count(), ChainHead.objects.get().seq
        found |= {(stage, verb, role): cell(there, verb, role) for verb in VERBS for role in ROLES}
        assert (AuditEntry.objects.count(), ChainHead.objects.get().seq) == before
    assert found == read_table(TABLE, STAGES, VERBS, ROLES)
