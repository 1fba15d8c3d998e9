"""What decisions add to the pages of a meeting and of an item."""

from django.urls import reverse

from agenda.items.models import Item
from agenda.meetings.models import EntryChange, Meeting
from agenda.meetings.workflow import EntryState, MeetingState
from common.identity.actor import Actor
from common.web.slots import Link, fills
from decisions.outcomes.models import DecidedMatter
from decisions.outcomes.policies import visible_to

HELD = (MeetingState.IN_SESSION, MeetingState.CLOSED)


@fills("meeting.links")
def results_link(actor: Actor, meeting: Meeting) -> list[Link]:
    """What came of it, once it is closed."""
    if meeting.state != MeetingState.CLOSED:
        return []
    return [Link("会议结果", reverse("decisions:meeting_results", args=[meeting.pk]))]


@fills("meeting.outcomes")
def outcomes_of(actor: Actor, meeting: Meeting) -> dict[int, str]:
    """Per entry what became of it: the outcomes this person may see, else the entry's own state."""
    if meeting.state not in HELD:
        return {}
    ended = (EntryState.DECIDED, EntryState.HEARD, EntryState.DEFERRED)
    changes = EntryChange.objects.filter(subject__meeting=meeting, target__in=ended).order_by("pk")
    found = {change.subject_id: EntryState(change.target).label for change in changes}
    seen = visible_to(actor).current().filter(decision__entry__meeting=meeting).order_by("position")
    words: dict[int, list[str]] = {}
    for entry, outcome in seen.values_list("decision__entry_id", "outcome"):
        words.setdefault(entry, []).append(outcome)
    labels = dict(DecidedMatter._meta.get_field("outcome").flatchoices)
    return found | {entry: "、".join(dict.fromkeys(labels[one] for one in given)) for entry, given in words.items()}


@fills("item.hearings")
def decisions_on(actor: Actor, item: Item) -> list[Link]:
    """The decisions on an item that this person may see."""
    seen = visible_to(actor).current().filter(decision__entry__entry_items__item=item)
    rows = seen.for_list().order_by("-decision_id", "position")
    links = {row.decision_id: row for row in reversed(rows)}
    return [
        Link(f"{row.decision.entry.meeting}：{row.get_outcome_display()}", reverse("decisions:decision", args=[pk]))
        for pk, row in links.items()
    ]
