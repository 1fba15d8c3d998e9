"""How a ballot is handed in: one transaction, nothing of the choice but ciphertext; for services that hold the lock.

The register's mark, the envelope and the audit row share a transaction, and so may be joined by whoever has the
database: all that he then holds is a sealed envelope, which is never opened apart from the others.
"""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from decisions.ballots.application_key import application_key
from decisions.ballots.closing import close_now
from decisions.ballots.envelope import binding, close_outer, inner_length, mark_of
from decisions.ballots.models import Ballot, BallotEnvelope, BallotVoter
from decisions.ballots.workflow import BallotState
from decisions.hall.models import Attendance
from decisions.hall.pulse import touch
from decisions.hall.questions import standing_recusals


def hand_in(actor: Actor, ballot: Ballot, person: Person, sealed: bytes) -> None:
    """Mark the register, seal once more, keep it; the last voter's closes the ballot."""
    demand_open_for_votes(ballot)
    if len(sealed) != inner_length(ballot.slots.count()):
        raise Refused("选票没有完整送达，没有投出。请刷新页面后重新填写；仍不行的，请告知监票人改用纸质票。")
    mark_register(ballot, person)
    outer = close_outer(bytes.fromhex(ballot.public_key), binding(ballot.pk, person.pk), sealed)
    BallotEnvelope.objects.create(
        committee=actor.committee, ballot=ballot, sealed=outer, mac=mark_of(application_key(), ballot.pk, outer)
    )
    audit(actor, "cast_ballot", ballot, label=f"{person.name}已投票")
    if not BallotVoter.objects.filter(ballot=ballot, eligible=True, cast=False).exists():
        touch(ballot.sitting.meeting_id)
        close_now(actor, ballot)


def demand_open_for_votes(ballot: Ballot) -> None:
    if not ballot.on_device:
        raise Refused("这次票决用纸质票，请填写表决票投入票箱。")
    if ballot.state != BallotState.ISSUED:
        raise Refused(f"这次票决{ballot.get_state_display()}，现在不能投票。")


def mark_register(ballot: Ballot, person: Person) -> None:
    """Once, who is on the register and in the room (no proxies, rules.md §2); else the reason why not."""
    events = Attendance.objects.filter(meeting=ballot.sitting.meeting_id, person=person)
    newest = events.order_by("-pk").values_list("kind", flat=True).first()
    recused = standing_recusals(ballot.entry).filter(person=person).exists()
    if newest == Attendance.Kind.ARRIVE and not recused and _mark(ballot, person):
        return
    voter = BallotVoter.objects.filter(ballot=ballot, person=person).first()
    if voter is None:
        raise Refused(f"{person.name}不是本次会议的应到成员，没有表决权。")
    if voter.cast:
        raise Refused(f"{person.name}已经投票，每人只投一次，投出后不能更改。")
    if not voter.eligible or recused:
        raise Refused(f"{person.name}在发票时不在会场，或者在本项回避，不参加这次票决。")
    raise Refused(f"{person.name}已离席，不能投票。回到会场的，请先由秘书科登记到会。")


def _mark(ballot: Ballot, person: Person) -> int:
    return BallotVoter.objects.filter(ballot=ballot, person=person, eligible=True, cast=False).update(cast=True)
