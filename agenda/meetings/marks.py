"""What a page showed, as short marks that it posts back: of two editors the second is told. Pure."""

from collections.abc import Iterable
from typing import Any

from agenda.meetings.models import AgendaEntry, Attendant, Meeting
from common.records.canonical import canonical_bytes, sha256_hex


def meeting_mark(meeting: Meeting) -> str:
    """Of a plan: when, where, of which kind, who chairs and records, what to mind."""
    m = meeting
    return _mark(m.starts_at, m.place, m.kind, m.chair_id, m.recorder_id, m.remark)


def entry_mark(entry: AgendaEntry) -> str:
    """Of an entry: how long, who reports."""
    return _mark(entry.minutes, entry.presenter)


def attendants_mark(attendants: Iterable[Attendant]) -> str:
    """Of who attends, in whatever order they were entered."""
    return _mark(*sorted(f"{one.unit_id}/{one.person_id}" for one in attendants))


def _mark(*values: Any) -> str:
    return sha256_hex(canonical_bytes({"seen": list(values)}))[:16]
