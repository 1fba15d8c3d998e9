"""Draft a secret ballot: names or questions, in which way, who is recused from which, who may be written in."""

from collections.abc import Collection, Mapping, Sequence

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.ballots.drafting import (
    demand_as_ruled,
    demand_due,
    demand_enough_voters,
    demand_follows,
    demand_options,
    demand_places,
    demand_reason,
    demand_roster,
)
from decisions.ballots.models import Ballot, BallotSlot, RosterName, SlotRecusal
from decisions.ballots.workflow import LIVE
from decisions.hall.session import lock_entry
from decisions.votes.models import Question, Round
from decisions.votes.opening import demand_votable


@service
def draft_ballot(
    *,
    actor: Actor,
    entry: AgendaEntry,
    questions: Sequence[Question],
    way: str,
    places: int | None = None,
    options: Sequence[str] = (),
    people: Mapping[int, Person] | None = None,
    recused: Mapping[int, Collection[Person]] | None = None,
    roster: Sequence[Person] = (),
    follows: Ballot | None = None,
    reason: str = "",
) -> Ballot:
    """By 秘书科, of an entry under deliberation whose rule allows 无记名; one at a time. Frozen as drafted.

    `places`: 应选 of an election (差额 or 等额), None where each name stands alone. `options`: fields of the count, by
    default what the matter knows. `people`, `recused`: by question id, the candidate and who is recused from him alone.
    `roster`: names that may be written in. `follows`: the election round before, whose open places are filled.
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能票决。")
    if Ballot.objects.filter(entry=entry, state__in=LIVE).exists():
        raise Refused("本项另有一次票决没有结束。请先计票或作废。")
    if not questions or len({question.pk for question in questions}) < len(questions):
        raise Refused("请选定票面各项，每项只列一次。", field="questions")
    if any(question.entry_id != entry.pk for question in questions):
        raise Refused("票面各项须是本项议程的议决事项。", field="questions")
    rules = [demand_votable(sitting, entry, question, Round.Form.SECRET) for question in questions]
    people, recused = people or {}, recused or {}
    demand_as_ruled(rules[0], way, roster, follows)
    demand_places(places, len(questions))
    chosen = demand_options(rules[0], options, places)
    demand_roster(roster, people, places)
    demand_due(sitting, recused)
    if Ballot.Way(way) == Ballot.Way.DEVICE:
        demand_enough_voters(sitting, entry)
    reason = demand_follows(entry, questions, places, follows) or demand_reason(questions, reason)
    ballot = Ballot.objects.create(
        committee=actor.committee,
        entry=entry,
        sitting=sitting,
        no=Ballot.objects.filter(entry=entry).count() + 1,
        rule=rules[0],
        way=Ballot.Way(way),
        places=places,
        options=chosen,
        follows=follows,
        reason=reason,
        created_by=actor.person,
        created_at=clock.now(),
    )
    _lay_out(actor, ballot, questions, people, recused, roster)
    audit(actor, "draft_ballot", ballot, way=way, places=places, slots=len(questions))
    return ballot


def _lay_out(
    actor: Actor,
    ballot: Ballot,
    questions: Sequence[Question],
    people: Mapping[int, Person],
    recused: Mapping[int, Collection[Person]],
    roster: Sequence[Person],
) -> None:
    for place, question in enumerate(questions, start=1):
        slot = BallotSlot.objects.create(
            committee=actor.committee,
            ballot=ballot,
            question=question,
            position=place,
            person=people.get(question.pk),
        )
        SlotRecusal.objects.bulk_create(
            SlotRecusal(committee=actor.committee, slot=slot, person=person) for person in recused.get(question.pk, ())
        )
    RosterName.objects.bulk_create(
        RosterName(committee=actor.committee, ballot=ballot, position=place, person=person, name=person.name)
        for place, person in enumerate(roster, start=1)
    )
