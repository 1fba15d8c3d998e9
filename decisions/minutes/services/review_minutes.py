"""Review the 纪要 (审核): the director answers for the text that he saw."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service
from common.workflow import move
from decisions.minutes.locks import lock_draft, lock_minutes
from decisions.minutes.models import Minutes
from decisions.minutes.policies import demand_reviewer
from decisions.minutes.services.submit_minutes import demand_complete


@service
def review_minutes(*, actor: Actor, minutes: Minutes, revision: int | None = None) -> Minutes:
    """Remembers the revision, so that what is signed is what was reviewed (rules.md §4)."""
    minutes = lock_minutes(minutes)
    demand_reviewer(actor)
    draft = lock_draft(minutes, revision)
    demand_complete(minutes, draft)
    minutes.checked_revision, minutes.checked_by = draft.revision, actor.person
    minutes.save(update_fields=["checked_revision", "checked_by"])
    move(minutes, "review", actor=actor, on_version=draft.revision)
    audit(actor, "review_minutes", minutes, revision=draft.revision)
    return minutes
