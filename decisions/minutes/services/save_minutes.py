"""Save the text as one types: nothing is lost, of two editors the second is told."""

from collections.abc import Mapping

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import nothing_to_do, service
from decisions.minutes.editing import with_fields
from decisions.minutes.locks import demand_editable, lock_draft, lock_minutes
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.policies import demand_drafter
from decisions.minutes.text import MinutesText


@service
def save_minutes(*, actor: Actor, minutes: Minutes, fields: Mapping[str, str], revision: int) -> MinutesDraft:
    """Keep what was typed, by the names of decisions.minutes.editing; `revision` is the one the page began from.

    Raises Conflict with the other's MinutesDraft where somebody saved another text in between.
    """
    minutes = lock_minutes(minutes)
    demand_drafter(actor)
    demand_editable(minutes)
    draft = lock_draft(minutes, None)
    text = MinutesText.from_json(draft.content)
    typed = with_fields(text, fields)
    if typed == text:
        nothing_to_do()
        return draft
    return write_text(actor, minutes, lock_draft(minutes, revision), typed)


def write_text(actor: Actor, minutes: Minutes, draft: MinutesDraft, text: MinutesText) -> MinutesDraft:
    """The next revision; the caller holds the locks."""
    draft.content, draft.revision = text.to_json(), draft.revision + 1
    draft.saved_at, draft.saved_by = clock.now(), actor.person
    draft.save(update_fields=["content", "revision", "saved_at", "saved_by"])
    audit(actor, "save_minutes", minutes, revision=draft.revision)
    return draft
