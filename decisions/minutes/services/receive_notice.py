"""签收: a unit takes over a notice that was issued to it."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.minutes.locks import lock_minutes
from decisions.minutes.models import DecisionNotice, NoticeReceipt
from decisions.minutes.policies import demand_receiver


@service
def receive_notice(*, actor: Actor, notice: DecisionNotice) -> NoticeReceipt:
    """Once, by its head or liaison; who and when stays on record. One that was superseded is not taken over any more.

    The 纪要 is locked instead of the notice, which as a record cannot be.
    """
    lock_minutes(notice.minutes)
    notice = DecisionNotice.objects.for_list().get(pk=notice.pk)
    demand_receiver(actor, notice)
    if receipt := NoticeReceipt.objects.filter(notice=notice).select_related("received_by").first():
        raise Refused(f"通知单{notice.number}已由{receipt.received_by.name}签收，不必再签。")
    if notice.superseded:
        raise Refused(f"通知单{notice.number}已被更正的纪要取代，不再签收。请以新的通知单为准。")
    receipt = NoticeReceipt.objects.create(
        committee=actor.committee, notice=notice, received_by=actor.person, received_at=clock.now()
    )
    audit(actor, "receive_notice", notice.minutes, notice=notice.pk, unit=notice.unit_id)
    return receipt
