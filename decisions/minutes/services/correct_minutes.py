"""Begin a correction of a signed 纪要 by a further one that will take its place."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.minutes.frozen import frozen_text
from decisions.minutes.locks import lock_minutes
from decisions.minutes.models import Minutes
from decisions.minutes.policies import demand_drafter
from decisions.minutes.services.start_minutes import begin_draft
from decisions.minutes.workflow import MinutesState


@service
def correct_minutes(*, actor: Actor, minutes: Minutes, reason: str) -> Minutes:
    """It begins with the signed text, and is reviewed and signed as any 纪要; until then the signed one holds."""
    signed = lock_minutes(minutes)
    demand_drafter(actor)
    demand_correctable(signed)
    if not reason.strip():
        raise Refused("更正须写明何处有误、因何更正。", field="reason")
    correction = Minutes.objects.create(
        committee=actor.committee,
        meeting=signed.meeting,
        supersedes=signed,
        correction_reason=reason.strip()[:300],
        created_at=clock.now(),
    )
    begin_draft(actor, correction, frozen_text(signed).unsigned().to_json())
    audit(actor, "correct_minutes", correction, supersedes=signed.pk, reason=reason.strip())
    return correction


def demand_correctable(minutes: Minutes) -> None:
    """Signed, in force, and without a correction under way; asked before the form is shown, too."""
    if minutes.state != MinutesState.SIGNED:
        raise Refused(f"「{minutes}」{minutes.get_state_display()}，只有已签发而未被取代的纪要才能更正。")
    if Minutes.objects.filter(supersedes=minutes).exists():
        raise Refused(f"「{minutes}」的更正已在起草，请接着写那一份。")
