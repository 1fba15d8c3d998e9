"""Send the 纪要 back to be written on (退回修改)."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.minutes.locks import lock_minutes
from decisions.minutes.models import Minutes
from decisions.minutes.policies import demand_reopener


@service
def reopen_minutes(*, actor: Actor, minutes: Minutes, reason: str) -> Minutes:
    """With what is to be changed; the review falls with it. A signed one is corrected instead."""
    minutes = lock_minutes(minutes)
    demand_reopener(actor, minutes)
    if not reason.strip():
        raise Refused("退回修改须写明要改什么，秘书科会看到。", field="reason")
    move(minutes, "reopen", actor=actor, reason=reason.strip()[:500])
    minutes.checked_revision, minutes.checked_by = None, None
    minutes.save(update_fields=["checked_revision", "checked_by"])
    audit(actor, "reopen_minutes", minutes, reason=reason.strip())
    return minutes
