"""Name 总监票人, two 监票人 and the 计票人 of a ballot."""

from collections.abc import Sequence

from committee.roles.posts import posts_of
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot, BallotOfficer
from decisions.ballots.workflow import BallotState
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import present_ids, recused_ids

Kind = BallotOfficer.Kind
SCRUTINEERS, TELLERS = 2, 2


@service
def name_officers(
    *, actor: Actor, ballot: Ballot, chief: Person, scrutineers: Sequence[Person], tellers: Sequence[Person] = ()
) -> Ballot:
    """Present, no candidate, not recused, not the chair (rules.md §2). On paper two 计票人 count apart.

    The general office keeps the hall and is not signed in: its people count without.

    Named anew as long as nobody has confirmed the draft.
    """
    ballot = lock_ballot_in_session(ballot)
    demand_clerk(actor)
    if ballot.state != BallotState.DRAFT or ballot.acts.exists():
        raise Refused("监票人已经确认，不能再改人选。确需更换的，请作废后重新拟定。")
    if len(scrutineers) != SCRUTINEERS:
        raise Refused("除总监票人外，须有两名监票人。", field="scrutineers")
    if not ballot.on_device and len(tellers) != TELLERS:
        raise Refused("纸质票须有两名计票人，分别清点。", field="tellers")
    named = [(chief, Kind.CHIEF), *((p, Kind.SCRUTINEER) for p in scrutineers), *((p, Kind.TELLER) for p in tellers)]
    _demand_impartial(ballot, [person for person, _ in named])
    BallotOfficer.objects.filter(ballot=ballot).delete()
    for person, kind in named:
        BallotOfficer.objects.create(committee=actor.committee, ballot=ballot, person=person, kind=kind)
    audit(actor, "name_officers", ballot, officers=[f"{kind.label} {person.name}" for person, kind in named])
    return ballot


def _demand_impartial(ballot: Ballot, people: Sequence[Person]) -> None:
    present, recused = present_ids(ballot.sitting.meeting_id), recused_ids(ballot.entry)
    slots = list(ballot.slots.select_related("question").prefetch_related("recusals"))
    recused |= {one.person_id for slot in slots for one in slot.recusals.all()}
    candidates = {slot.person_id for slot in slots}
    texts = {slot.question.text.strip() for slot in slots}
    for place, person in enumerate(people):
        if person in people[:place]:
            raise Refused(f"{person.name}只能担任一项：总监票人、监票人和计票人各有其人。")
        if person.pk in candidates or person.name in texts:
            raise Refused(f"{person.name}是候选人，不能监票、计票。")
        if person.pk in recused:
            raise Refused(f"{person.name}在本项回避，不能监票、计票。")
        if person.pk == ballot.sitting.chair_id:
            raise Refused(f"{person.name}主持会议，不能监票、计票。")
        if person.pk not in present and not posts_of(person, clock.today()).in_office:
            raise Refused(f"{person.name}不在会场，不能监票、计票。请先登记到会，或另定人选。")
