"""Has something tried again that the program gave up in the background."""

from django.db import transaction

from committee.register.policies import demand_account_manager
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.models import Handling
from common.outbox.registry import wake
from common.services import Refused, service


@service
def retry_handling(*, actor: Actor, handling: Handling) -> Handling:
    """Back among what waits, with as many tries as at first; handlers are safe to be tried again."""
    found = Handling.objects.select_for_update(of=("self",)).select_related("event")
    handling = found.get(pk=handling.pk)
    demand_account_manager(actor)
    if handling.state != Handling.State.FAILED:
        raise Refused(f"这一件{handling.get_state_display()}，不需要重试。")
    audit(actor, "retry_handling", handling, attempts=handling.attempts, error=handling.error[:200])
    handling.state, handling.attempts, handling.error = Handling.State.WAITING, 0, ""
    handling.save(update_fields=["state", "attempts", "error"])
    transaction.on_commit(wake)
    return handling
