"""What a 议定事项 says, which outcomes may follow which vote, and what is proposed to the clerk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.rules.models import PERSONNEL, Way
from committee.bodies.models import Body, Seat
from committee.division.models import Division, DivisionLine
from committee.division.questions import leaders_in_charge
from committee.units.models import Unit
from common.identity.models import Person
from common.services import Conflict, Refused
from decisions.outcomes.models import Decision, Outcome
from decisions.votes.models import Question, RoundResult
from decisions.votes.workflow import RoundState

AFTER_PASSING = (Outcome.PASSED, Outcome.PASSED_IN_PRINCIPLE, Outcome.TO_PLENARY, Outcome.REFERRED)
ABOVE_STANDING = (Body.Kind.PLENARY, Body.Kind.CONGRESS)
AFTER_FAILING = (Outcome.REJECTED, Outcome.DEFERRED)
# One vote a matter (rules.md §2): without one nothing is decided, nor handed on to the government as decided.
WITHOUT_VOTE = (Outcome.DEFERRED,)
# What somebody has to carry out, so that somebody must be named.
CARRIED_OUT = (Outcome.PASSED, Outcome.PASSED_IN_PRINCIPLE, Outcome.TO_PLENARY, Outcome.REFERRED)
QUESTIONS_CHANGED = "议决事项刚刚由他人改动，这次没有写入。请按现在的议决事项逐项核对，再写下议定结果。"


@dataclass(frozen=True)
class MatterInput:
    """One 议定事项 as the clerk enters it."""

    question: Question
    outcome: str
    text: str
    leader: Person | None = None
    lead_unit: Unit | None = None
    co_units: Sequence[Unit] = field(default=())
    due_on: date | None = None


def standing_results(entry: AgendaEntry) -> dict[int, RoundResult]:
    """Per question the result that counts: that of its last closed round."""
    results = RoundResult.objects.filter(round__question__entry=entry, round__state=RoundState.CLOSED)
    return {result.round.question_id: result for result in results.select_related("round").order_by("round__no")}


@dataclass(frozen=True)
class Reach:
    """How far the body of an entry may go: what a plenary must decide passes the 常委会 only as 提请全委会."""

    standing: bool
    submits: bool

    @property
    def when_carried(self) -> tuple[Outcome, ...]:
        if self.submits:
            return (Outcome.TO_PLENARY,)
        return AFTER_PASSING if self.standing else tuple(one for one in AFTER_PASSING if one != Outcome.TO_PLENARY)


def reach_of(entry: AgendaEntry) -> Reach:
    """By the kinds of matter of its items (议事范围 as it stood when they were filed)."""
    if entry.meeting.body.kind != Body.Kind.STANDING:
        return Reach(standing=False, submits=False)
    plenary = Q(item__matter_kind__way=Way.SUBMIT) | Q(item__matter_kind__body_kind__in=ABOVE_STANDING)
    return Reach(standing=True, submits=EntryItem.objects.filter(plenary, entry=entry).exists())


def outcomes_for(result: RoundResult | None, reach: Reach) -> tuple[Outcome, ...]:
    """The outcome follows the vote (rules.md §2): carried ⇒ 通过 in one of its ways, not carried ⇒ 未通过 or 缓议."""
    if result is None:
        return WITHOUT_VOTE
    return reach.when_carried if result.passed else AFTER_FAILING


def demand_matters(entry: AgendaEntry, questions: Sequence[Question], matters: Sequence[MatterInput]) -> None:
    """Every standing question once, with outcome, text, unit and deadline in order; else refuse with what is not."""
    if [question.pk for question in questions] != [matter.question.pk for matter in matters]:
        raise Conflict(QUESTIONS_CHANGED)
    results, reach = standing_results(entry), reach_of(entry)
    for place, matter in enumerate(matters, start=1):
        if problem := _problem(entry, matter, results.get(matter.question.pk), reach):
            name, words = problem
            raise Refused(f"第 {place} 项：{words}" if len(matters) > 1 else words, field=f"{place - 1}-{name}")
    if len(deferred_questions(matters)) == len(matters):
        raise Refused("各项都缓议的，请用「缓议」写明理由和由谁做什么，议题会回到待上会。")


def deferred_questions(matters: Sequence[MatterInput]) -> list[Question]:
    """Those put off, while others of the entry are decided: they come up again with their items."""
    return [matter.question for matter in matters if matter.outcome == Outcome.DEFERRED]


def _problem(
    entry: AgendaEntry, matter: MatterInput, result: RoundResult | None, reach: Reach
) -> tuple[str, str] | None:
    """(field, sentence) of the first thing that is not in order."""
    allowed = outcomes_for(result, reach)
    if matter.outcome not in allowed:
        words = "、".join(outcome.label for outcome in allowed)
        why = result.sentence if result else "还没有表决。"
        own = "本项须由全委会决定，常委会只能提请。" if reach.submits and result and result.passed else ""
        return "outcome", f"{why}{own}结果只能是{words}。"
    if not matter.text.strip():
        return "text", "请写明议定内容。"
    if matter.outcome in CARRIED_OUT and matter.lead_unit is None:
        return "lead_unit", "请选定责任单位。"
    if matter.lead_unit and matter.lead_unit in matter.co_units:
        return "co_units", f"{matter.lead_unit}已是责任单位，不再列为配合单位。"
    if matter.due_on and matter.due_on < entry.meeting.day:
        return "due_on", "完成时限不能早于开会那天。"
    return None


def leaders_on(day: date) -> dict[int, Person]:
    """Who may be named responsible: 常委 whose seats act and the others in the division of that day, by id."""
    seats = Seat.objects.of_body(Body.Kind.STANDING).acting_on(day).serving_on(day)
    lines = DivisionLine.objects.filter(division__in=Division.objects.in_force_on(day))
    people = [seat.person for seat in seats]
    people += [line.person for line in lines.select_related("person").order_by("rank_order")]
    return {person.pk: person for person in people}


def proposed_matters(entry: AgendaEntry, questions: Sequence[Question]) -> list[MatterInput]:
    """What the form begins with: the vote's outcome, the question's text, who was in charge of the unit that day."""
    results, reach = standing_results(entry), reach_of(entry)
    link = (
        EntryItem.objects.filter(entry=entry)
        .exclude(item__matter_kind__nature__in=PERSONNEL)
        .select_related("item__unit", "item__leader")
        .order_by("pk")
        .first()
    )
    unit = link.item.unit if link else None
    leaders = leaders_in_charge(unit.pk, entry.meeting.day) if unit else []
    leader = leaders[0] if leaders else link.item.leader if link else None
    return [
        MatterInput(
            question, outcomes_for(results.get(question.pk), reach)[0], question.text, leader=leader, lead_unit=unit
        )
        for question in questions
    ]


def written_matters(decision: Decision) -> list[MatterInput]:
    """What a decision says, to begin a correction with."""
    matters = decision.matters.select_related("question", "leader", "lead_unit").prefetch_related("co_units__unit")
    return [
        MatterInput(
            matter.question,
            matter.outcome,
            matter.text,
            leader=matter.leader,
            lead_unit=matter.lead_unit,
            co_units=[one.unit for one in matter.co_units.all()],
            due_on=matter.due_on,
        )
        for matter in matters
        if matter.question
    ]
