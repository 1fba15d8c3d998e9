"""发放表决票: two people confirm; the register freezes, the rounds open, the ballot's key is made and sealed away."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.records.chain import seal
from common.services import NotAllowed, Refused, service
from common.workflow import demand_open, move
from decisions.ballots.acting import Step, acting_person, enter_act
from decisions.ballots.issuing import content_of, demand_officers_impartial, make_keys, open_rounds, write_register
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot
from decisions.ballots.policies import SCRUTINEERS, is_chief, names, officers_of, scrutineer
from decisions.hall.policies import may_keep_hall
from decisions.hall.shortfall import keeps_shortfall


@keeps_shortfall
@service
def issue_ballot(*, actor: Actor, ballot: Ballot, person: Person | None = None) -> Ballot:
    """总监票人 and one more: a 监票人 or 秘书科. The quorum is that of the moment when the second confirms.

    Who is present and not recused then is on the register; who comes later takes no part. `person`: on paper, for whom
    秘书科 enters it.
    """
    ballot = lock_ballot_in_session(ballot)
    demand_open(ballot, "issue")
    person = acting_person(actor, ballot, person, "发放表决票")
    own = person.pk == actor.person.pk and may_keep_hall(actor)
    if scrutineer(ballot, person) is None and not own:
        raise NotAllowed(f"表决票由监票人（{names(officers_of(ballot, *SCRUTINEERS))}）和秘书科确认发放。")
    done = enter_act(actor, ballot, Step.ISSUE, person)
    if len(done) >= 2:
        _demand_chief(ballot, done)
        _issue(actor, ballot)
    audit(actor, "issue_ballot", ballot, person=person.name)
    return ballot


def _demand_chief(ballot: Ballot, done: set[int]) -> None:
    chief = next(one for one in officers_of(ballot) if is_chief(ballot, one.person))
    if chief.person_id not in done:
        raise Refused(f"发放表决票须总监票人{chief.person.name}确认。")


def _issue(actor: Actor, ballot: Ballot) -> None:
    demand_officers_impartial(ballot)
    open_rounds(actor, ballot)
    voters = write_register(actor, ballot)
    if ballot.on_device:
        ballot.public_key = make_keys(actor, ballot, voters)
    ballot.issued_at = clock.now()
    ballot.save(update_fields=["public_key", "issued_at"])
    move(ballot, "issue", actor=actor)
    seal("ballot_issued/1", ballot, content_of(ballot, voters), actor=actor)
