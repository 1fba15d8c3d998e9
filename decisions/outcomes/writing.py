"""How a decision is sealed and written; for services that hold the locks."""

from collections.abc import Sequence
from typing import Any

from agenda.meetings.models import AgendaEntry, EntryItem
from common import clock
from common.identity.actor import Actor
from common.records.chain import seal
from decisions.hall.models import Sitting
from decisions.outcomes.matters import MatterInput, standing_results
from decisions.outcomes.models import DecidedMatter, Decision, MatterCoUnit, Outcome
from decisions.votes.models import Question, RoundResult


def standing_questions(entry: AgendaEntry) -> list[Question]:
    """The questions of an entry that were not dropped, in order."""
    return list(Question.objects.filter(entry=entry, dropped_at__isnull=True))


def write_decision(
    actor: Actor,
    sitting: Sitting,
    entry: AgendaEntry,
    matters: Sequence[MatterInput],
    summary: str,
    *,
    supersedes: Decision | None = None,
    reason: str = "",
) -> Decision:
    """Seal it and write its rows; the caller holds the locks and has checked. It was decided when it first was."""
    content = _content(sitting, entry, matters, summary, supersedes, reason)
    decision = Decision.objects.create(
        committee=actor.committee,
        entry=entry,
        supersedes=supersedes,
        correction_reason=reason,
        summary=summary.strip(),
        decided_at=supersedes.decided_at if supersedes else clock.now(),
        record=seal("decision/1", entry, content, actor=actor),
    )
    for place, matter in enumerate(matters, start=1):
        row = DecidedMatter.objects.create(
            committee=actor.committee,
            decision=decision,
            question=matter.question,
            position=place,
            outcome=Outcome(matter.outcome),
            text=matter.text.strip(),
            leader=matter.leader,
            lead_unit=matter.lead_unit,
            due_on=matter.due_on,
        )
        MatterCoUnit.objects.bulk_create(
            MatterCoUnit(committee=actor.committee, matter=row, unit=unit) for unit in matter.co_units
        )
    return decision


def _content(
    sitting: Sitting,
    entry: AgendaEntry,
    matters: Sequence[MatterInput],
    summary: str,
    supersedes: Decision | None,
    reason: str,
) -> dict[str, Any]:
    """What is frozen: the meeting, the versions that were before it, each vote's record, what was decided."""
    results = standing_results(entry)
    links = EntryItem.objects.filter(entry=entry).select_related("clearance__version", "item__number")
    return {
        "meeting": {"id": entry.meeting_id, "title": entry.meeting.full_title, "day": entry.meeting.day},
        "entry": {"id": entry.pk, "position": entry.position, "title": entry.title},
        "items": [
            {"id": link.item_id, "number": str(link.item.number), "digest": link.clearance.digest}
            for link in links.order_by("pk")
        ],
        "rule_set": sitting.rule_set.version,
        "summary": summary.strip(),
        "supersedes": supersedes.pk if supersedes else None,
        "reason": reason,
        "matters": [_matter(matter, results.get(matter.question.pk)) for matter in matters],
    }


def _matter(matter: MatterInput, result: RoundResult | None) -> dict[str, Any]:
    return {
        "question": {"id": matter.question.pk, "text": matter.question.text},
        "vote": {"record": result.record_id, "sentence": result.sentence} if result else None,
        "outcome": str(matter.outcome),
        "text": matter.text.strip(),
        "leader": matter.leader.name if matter.leader else None,
        "lead_unit": matter.lead_unit.full_name if matter.lead_unit else None,
        "co_units": [unit.full_name for unit in matter.co_units],
        "due_on": matter.due_on,
    }
