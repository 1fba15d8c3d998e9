"""How items come on an agenda, for services that hold the locks of the items and the meeting."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from agenda.items.models import Item, ItemVersion
from agenda.items.policies import is_cadre
from agenda.meetings.admission import Admission
from agenda.meetings.models import AgendaEntry, Attendant, EntryItem, Meeting
from agenda.meetings.programme import CADRE_TITLE
from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.services import Refused
from common.workflow import move


def demand_admission(meeting: Meeting, items: Sequence[Item]) -> Admission:
    """Refuse with the first item's reason."""
    admission = Admission(meeting, items, clock.today())
    for item in items:
        if admission.why_not(item):
            raise Refused(admission.why_not_in_full(item))
    return admission


def demand_alike(items: Sequence[Item], handling: str, *, cadre: bool) -> None:
    """Joined items are dealt with in one way; cadre matters stay by themselves."""
    if any(is_cadre(item) != cadre for item in items):
        raise Refused("干部任免事项不能与其他议题合并审议。请分别列入。")
    if any(item.handling != handling for item in items):
        raise Refused("合并审议的议题须是同一种审议方式。请把讨论、票决、听取、传达的议题分别列入。")


def new_entry(meeting: Meeting, items: Sequence[Item], *, title: str = "") -> AgendaEntry:
    """An entry at the end of the agenda; minutes and presenter as the first sheet proposes."""
    sheets = [_sheet(item) for item in items]
    last = AgendaEntry.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    minutes = sum(int(sheet.get("minutes") or 0) for sheet in sheets)
    return AgendaEntry.objects.create(
        committee_id=meeting.committee_id,
        meeting=meeting,
        position=last + 1,
        title=title or entry_title(items),
        handling=items[0].handling,
        minutes=min(minutes, 480) or 15,
        presenter=sheets[0].get("presenter") or "",
    )


def _version(item: Item) -> ItemVersion:
    """The version that was cleared; an item without one has not passed demand_admission()."""
    if item.current_version is None:
        raise LookupError(f"item {item.pk} has no version")
    return item.current_version


def _sheet(item: Item) -> dict[str, Any]:
    return _version(item).content["sheet"]


def entry_title(items: Sequence[Item]) -> str:
    """The item's own title; joined items are named by the first; cadre matters by their fixed words."""
    if is_cadre(items[0]):
        return CADRE_TITLE
    if len(items) == 1:
        return items[0].title
    return f"{items[0].title}等 {len(items)} 个议题（合并审议）"


def put_on(entry: AgendaEntry, items: Sequence[Item], admission: Admission, *, actor: Actor) -> None:
    """Link the items by their clearances, move their files to 已列入, call in the units that the sheets propose."""
    for item in items:
        EntryItem.objects.create(
            committee=actor.committee, entry=entry, item=item, clearance=admission.clearances[item.pk]
        )
        move(item, "schedule", actor=actor, on_version=_version(item).no, reason=str(entry.meeting))
    _call_proposed_units(entry, items)


def _call_proposed_units(entry: AgendaEntry, items: Sequence[Item]) -> None:
    """建议列席单位 of the sheets, without those that report and those already called."""
    sheets = [_sheet(item) for item in items]
    reporting = {item.unit_id for item in items} | {unit for sheet in sheets for unit in sheet.get("co_units") or ()}
    called = set(entry.attendants.values_list("unit_id", flat=True))
    proposed = {unit for sheet in sheets for unit in sheet.get("attendants") or ()} - reporting - called
    Attendant.objects.bulk_create(
        Attendant(committee_id=entry.committee_id, meeting_id=entry.meeting_id, entry=entry, unit=unit)
        for unit in Unit.objects.filter(pk__in=proposed).order_by("rank_order", "pk")
    )
