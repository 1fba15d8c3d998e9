"""Enter how many hands were raised."""

from dataclasses import replace

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.locks import lock_open_round
from decisions.votes.models import HandCount, Round
from decisions.votes.questions import FIELDS, Ballot, ballot_of, choices_for


@service
def count_hands(*, actor: Actor, round_: Round, **count: int) -> Ballot:
    """As many as may vote at most; the rest is 未表决. Entered again before closing, the newest row counts.

    `count`: approve, oppose, abstain (or, on cadres, deferred). Returns the ballot as it stands then.
    """
    _, round_ = lock_open_round(actor=actor, round_=round_)
    if round_.form != Round.Form.SHOW_OF_HANDS:
        raise Refused("这一轮不是举手表决。")
    words = dict(choices_for(round_.rule))
    if unknown := count.keys() - set(FIELDS):
        raise TypeError(f"unknown fields of a count: {sorted(unknown)}")
    if any(number and field not in words for field, number in count.items()):
        raise Refused(f"这一事项只能表示{'、'.join(words.values())}。")
    if any(number < 0 for number in count.values()):
        raise Refused("票数须为不小于零的整数。")
    ballot = ballot_of(round_)
    here, total = len(ballot.entitled), sum(count.values())
    if total > here:
        raise Refused(f"各项合计 {total}，多于到会有表决权的 {here} 人。请重新清点。")
    given = {field: count.get(field, 0) for field in FIELDS}
    hands = HandCount.objects.create(
        committee=actor.committee, round=round_, **given, entered_by=actor.person, at=clock.now()
    )
    audit(actor, "count_hands", round_, label="举手计数", **given)
    return replace(ballot, hands=hands)
