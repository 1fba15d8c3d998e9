"""A teller enters what he counted; when the second finds the same, the ballot is counted."""

from collections.abc import Mapping

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import demand_open
from decisions.ballots.closing import demand_same_recusals
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot, PaperCount
from decisions.ballots.paper import agreed, demand_sums, normal_content, received_more
from decisions.ballots.policies import demand_teller
from decisions.ballots.results import write_results
from decisions.ballots.voiding import void_now


@service
def enter_paper_totals(
    *,
    actor: Actor,
    ballot: Ballot,
    issued: int,
    received: int,
    invalid: int,
    slots: Mapping[int, Mapping[str, int]],
    others: Mapping[int, int] | None = None,
) -> Ballot:
    """Two count apart, and neither is shown the other's figures. Where they differ both count again; the newest counts.

    收回 more than 发出, found by both: void, and again (rules.md §2). `invalid`: papers void as wholes. `slots`: by
    slot id the fields of the count, 废票 of that question alone under "invalid". `others`: by id of the roster.
    """
    ballot = lock_ballot_in_session(ballot)
    if ballot.on_device:
        raise Refused("电子票由两名监票人输入监票口令计票。")
    demand_open(ballot, "count", because="请先由总监票人收票截止。")
    teller = demand_teller(actor, ballot)
    demand_same_recusals(ballot)
    content = normal_content(ballot, slots, others or {})
    demand_sums(ballot, issued, received, invalid, content)
    PaperCount.objects.create(
        committee=actor.committee,
        ballot=ballot,
        teller=teller,
        issued=issued,
        received=received,
        invalid=invalid,
        content=content,
        entered_by=actor.person,
        at=clock.now(),
    )
    if (both := agreed(ballot)) is not None:
        if received > issued:
            void_now(actor, ballot, received_more(issued, received))
        else:
            write_results(actor, ballot, both)
    audit(actor, "enter_paper_totals", ballot, agreed=both is not None)
    return ballot
