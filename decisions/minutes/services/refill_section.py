"""Take one part of the text anew from the meeting's records (取用)."""

from dataclasses import replace

from common.identity.actor import Actor
from common.services import Refused, service
from decisions.minutes.drafting import draft_from_records
from decisions.minutes.locks import demand_editable, lock_draft, lock_minutes
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.policies import demand_drafter
from decisions.minutes.services.save_minutes import write_text
from decisions.minutes.text import MinutesText

PEOPLE = "people"


@service
def refill_section(*, actor: Actor, minutes: Minutes, part: str, revision: int) -> MinutesDraft:
    """`part` is the id of an entry, or "people" for the opening and the lists; what was written there is replaced."""
    minutes = lock_minutes(minutes)
    demand_drafter(actor)
    demand_editable(minutes)
    draft = lock_draft(minutes, revision)
    text = refilled(MinutesText.from_json(draft.content), draft_from_records(minutes.meeting), part)
    return write_text(actor, minutes, draft, text)


def refilled(text: MinutesText, records: MinutesText, part: str) -> MinutesText:
    """The text with one part as the records have it."""
    if part == PEOPLE:
        names = ("opening", "present", "leave", "absent", "attending", "recorder")
        return replace(text, **{name: getattr(records, name) for name in names})
    section = records.section(int(part)) if part.isdecimal() else None
    if section is None:
        raise Refused("会议记录里没有这一项议程，没有取用。")
    return text.with_section(section)
