"""What decisions add to the pages of a meeting and of an item."""

from collections import defaultdict

from django.urls import reverse

from agenda.items.models import Item
from agenda.meetings.models import EntryChange, Meeting
from agenda.meetings.workflow import EntryState, MeetingState
from common.identity.actor import Actor
from common.records.models import ChainRecord
from common.web.slots import Link, fills
from decisions.hall.models import EntryNote
from decisions.outcomes.matters import CARRIED_OUT
from decisions.outcomes.models import DecidedMatter
from decisions.outcomes.policies import visible_to

MOST_DECISIONS = 60
HELD = (MeetingState.IN_SESSION, MeetingState.CLOSED)


@fills("meeting.links")
def results_link(actor: Actor, meeting: Meeting) -> list[Link]:
    """What came of it, once it is closed."""
    if meeting.state != MeetingState.CLOSED:
        return []
    return [Link("会议结果", reverse("decisions:meeting_results", args=[meeting.pk]))]


@fills("meeting.outcomes")
def outcomes_of(actor: Actor, meeting: Meeting) -> dict[int, str]:
    """Per entry what became of it: the outcomes this person may see, else the entry's own state; one's own 回避."""
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
    found |= {entry: "、".join(dict.fromkeys(labels[one] for one in given)) for entry, given in words.items()}
    own = EntryNote.objects.filter(
        entry__meeting=meeting, person=actor.person, kind=EntryNote.Kind.RECUSAL, corrected_by__isnull=True
    )
    for entry in own.values_list("entry_id", flat=True):
        found[entry] = "，".join(filter(None, (found.get(entry), "您已回避，本项材料不向您开放")))
    return found


@fills("item.hearings")
def decisions_on(actor: Actor, item: Item) -> list[Link]:
    """The decisions on an item that this person may see."""
    seen = visible_to(actor).current().filter(decision__entry__entry_items__item=item)
    rows: dict[int, list[DecidedMatter]] = defaultdict(list)
    for row in seen.for_list().order_by("-decision_id", "position"):
        rows[row.decision_id].append(row)
    return [
        Link(f"{of[0].decision.entry.meeting}：{_outcomes(of)}", reverse("decisions:decision", args=[pk]))
        for pk, of in rows.items()
    ]


@fills("rules.decisions")
def adopting_decisions(actor: Actor, subject: None) -> list[tuple[str, str]]:
    """The newest decisions that were carried: one of them may have adopted a rule."""
    rows = visible_to(actor).current().filter(outcome__in=CARRIED_OUT).for_list().prefetch_related(None)
    carried = rows.order_by("-decision_id", "position")
    found = {row.decision.record_id: row.decision for row in carried[:MOST_DECISIONS]}
    return [(str(pk), f"{decision.entry.meeting}「{decision.entry}」") for pk, decision in found.items()]


@fills("rules.adopted")
def adopting_decision(actor: Actor, subject: ChainRecord | None) -> Link | None:
    """The decision that adopted a rule, for those who may see it."""
    if subject is None:
        return None
    row = visible_to(actor).filter(decision__record=subject).for_list().first()
    if row is None:
        return None
    return Link(f"{row.decision.entry.meeting}的决定", reverse("decisions:decision", args=[row.decision_id]))


def _outcomes(matters: list[DecidedMatter]) -> str:
    """通过、缓议: each once, in order."""
    return "、".join(dict.fromkeys(matter.get_outcome_display() for matter in matters))
