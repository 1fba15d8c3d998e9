"""How a vote by name is entered; for services of a recorded round."""

from agenda.meetings.models import Meeting
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from common.tenancy.locking import hold_row
from decisions.hall.policies import demand_clerk, demand_not_recused
from decisions.votes.models import Choice, Round, Vote
from decisions.votes.questions import Ballot, ballot_of


def lock_recorded(*, actor: Actor, round_: Round) -> Ballot:
    """The meeting, then the round: votes come one by one, never after the close, and nobody leaves meanwhile.

    For a clerk who is not recused from the entry.
    """
    hold_row(Meeting, round_.question.entry.meeting_id)
    demand_clerk(actor)
    demand_not_recused(actor, round_.question.entry)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.form != Round.Form.RECORDED:
        raise Refused("这一轮不是记名表决，不能逐人登记。")
    locked.question, locked.rule = round_.question, round_.rule
    return ballot_of(locked)


def demand_entitled(ballot: Ballot, person: Person) -> None:
    """Refuse with the reason: not a member, came after the opening of the round, or recused."""
    member = next((member for member in ballot.members if member.person_id == person.pk), None)
    if member is None:
        raise Refused(f"{person.name}不是本次会议的应到成员，没有表决权。")
    if member.recused:
        raise Refused(f"{person.name}在本项回避，不参加表决。")
    if not member.entitled:
        raise Refused(f"{person.name}在这一轮表决开始时不在会场，不参加这一轮。")


def demand_in_room(ballot: Ballot, person: Person, choice: str) -> None:
    """No vote is cast for another (rules.md §2): who has left can only be entered as 未表决."""
    if choice != Choice.NOT_VOTED and person.pk not in ballot.present:
        raise Refused(f"{person.name}已离席，只能登记为未表决。离席前已经表示、没有登记上的，请作废后重新表决。")


def enter_vote(
    actor: Actor, round_: Round, person: Person, choice: str, *, reason: str = "", corrects: Vote | None = None
) -> Vote:
    """Write the row."""
    return Vote.objects.create(
        committee=actor.committee,
        round=round_,
        person=person,
        choice=Choice(choice),
        reason=reason.strip()[:500],
        entered_by=actor.person,
        corrects=corrects,
        at=clock.now(),
    )
