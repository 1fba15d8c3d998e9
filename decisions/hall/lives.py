"""How long each entry of a meeting has been dealt with, and why it was put off."""

from collections import defaultdict
from datetime import datetime

from agenda.meetings.models import EntryChange, Meeting
from common import clock


def lives_of(meeting: Meeting) -> tuple[dict[int, int], dict[int, str]]:
    """Minutes each entry has been dealt with, and why it was deferred; from the changes, in one query."""
    seconds: dict[int, float] = defaultdict(float)
    begun: dict[int, datetime] = {}
    reasons: dict[int, str] = {}
    for change in EntryChange.objects.filter(subject__meeting=meeting).order_by("pk"):
        if change.verb == "begin":
            begun[change.subject_id] = change.at
        elif change.subject_id in begun:
            seconds[change.subject_id] += (change.at - begun.pop(change.subject_id)).total_seconds()
        if change.verb == "defer":
            reasons[change.subject_id] = change.reason
    for entry, at in begun.items():
        seconds[entry] += (clock.now() - at).total_seconds()
    return defaultdict(int, {entry: int(spent // 60) for entry, spent in seconds.items()}), reasons
