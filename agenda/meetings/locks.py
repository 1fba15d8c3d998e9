"""Row locks of a meeting and its items, always in the order item → meeting, items by their id."""

from collections.abc import Iterable

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem, Meeting
from agenda.meetings.workflow import MeetingState
from common import clock
from common.services import Conflict, Refused
from common.tenancy.locking import lock_row

OPEN_FOR_CHANGE = (MeetingState.PLANNED, MeetingState.NOTIFIED)


def lock_items(pks: Iterable[int]) -> list[Item]:
    """These items, locked; they keep their order of id."""
    rows = Item.objects.filter(pk__in=list(pks)).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    return list(rows.select_related("unit", "matter_kind", "current_version"))


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked, if it may still be changed: its time, agenda and notice stand once it has opened."""
    locked = lock_row(Meeting.objects.with_names(), meeting.pk)
    if locked.state not in OPEN_FOR_CHANGE:
        raise Refused(f"「{locked}」{locked.get_state_display()}，时间、议程和通知都不能再改。")
    return locked


def lock_with_items(meeting: Meeting, entry: AgendaEntry | None = None) -> tuple[Meeting, list[EntryItem]]:
    """The meeting and the items of its agenda (of one entry); told to try again where somebody came in between."""
    links = EntryItem.objects.filter(entry__meeting=meeting, active=True).order_by("entry__position", "pk")
    if entry is not None:
        links = links.filter(entry=entry)
    seen = dict(links.values_list("pk", "item_id"))
    lock_items(seen.values())
    locked = lock_meeting(meeting)
    standing = list(links.select_related("item__matter_kind", "entry"))
    if {link.pk for link in standing} != seen.keys():
        raise Conflict("议程刚刚由他人改动，这次没有写入。请刷新后再办。")
    return locked, standing


def touch(meeting: Meeting) -> None:
    """Note that what a notice says may have changed; whoever was told before may have to be told again."""
    meeting.changed_at = clock.now()
    meeting.save(update_fields=["changed_at"])
