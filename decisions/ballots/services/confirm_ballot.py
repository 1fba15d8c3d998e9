"""A scrutineer confirms the draft: 应到, names, places, who is recused."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed, service
from common.workflow import demand_open, move
from decisions.ballots.acting import Step, acting_person, enter_act
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot
from decisions.ballots.policies import SCRUTINEERS, is_chief, names, officers_of, scrutineer


@service
def confirm_ballot(*, actor: Actor, ballot: Ballot, person: Person | None = None) -> Ballot:
    """Confirmed once 总监票人 and one 监票人 have. `person`: on paper, for whom 秘书科 enters it."""
    ballot = lock_ballot_in_session(ballot)
    demand_open(ballot, "confirm")
    person = acting_person(actor, ballot, person, "确认票决")
    if scrutineer(ballot, person) is None:
        raise NotAllowed(f"票决由监票人（{names(officers_of(ballot, *SCRUTINEERS))}）确认。")
    done = enter_act(actor, ballot, Step.CONFIRM, person)
    if len(done) >= 2 and any(is_chief(ballot, one.person) for one in officers_of(ballot) if one.person_id in done):
        move(ballot, "confirm", actor=actor)
    audit(actor, "confirm_ballot", ballot, person=person.name)
    return ballot
