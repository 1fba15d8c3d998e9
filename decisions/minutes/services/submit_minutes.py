"""Hand the draft in for review (送审)."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.minutes.frozen import frozen_text
from decisions.minutes.locks import lock_draft, lock_minutes
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.policies import demand_drafter
from decisions.minutes.records import units_on
from decisions.minutes.settling import known_leaders, matters_of
from decisions.minutes.text import MinutesText, problems


@service
def submit_minutes(*, actor: Actor, minutes: Minutes, revision: int | None = None) -> Minutes:
    """秘书科 says that it is complete; the text may still be worked on until it is reviewed."""
    minutes = lock_minutes(minutes)
    demand_drafter(actor)
    draft = lock_draft(minutes, revision)
    demand_complete(minutes, draft)
    move(minutes, "submit", actor=actor, on_version=draft.revision)
    audit(actor, "submit_minutes", minutes, revision=draft.revision)
    return minutes


def demand_complete(minutes: Minutes, draft: MinutesDraft) -> None:
    """Every entry written, every resolution with a unit of that day."""
    found = lacking(minutes, draft)
    if found:
        more = f"（另有 {len(found) - 1} 处）" if len(found) > 1 else ""
        raise Refused(f"「{minutes}」还没有写好：{found[0]}{more}请补齐后再办。")


def lacking(minutes: Minutes, draft: MinutesDraft) -> list[str]:
    """What is still to be written, in whole sentences; a correction must differ from what it corrects."""
    text = MinutesText.from_json(draft.content)
    if minutes.supersedes and text == frozen_text(minutes.supersedes).unsigned():
        return ["更正的文本与原纪要还没有不同。"]
    leaders = known_leaders(minutes, matters_of(text))
    return problems(text, units_on(minutes.meeting), leaders, minutes.meeting.day)
