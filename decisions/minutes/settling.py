"""One truth: what the signed 纪要 says of text, duty and deadline is what the decided matters say."""

from collections.abc import Mapping
from dataclasses import replace

from committee.units.models import Unit
from common.identity.actor import Actor
from common.identity.models import Person
from common.outbox.registry import emit
from decisions.hall.models import Sitting
from decisions.minutes.models import Minutes
from decisions.minutes.records import units_on
from decisions.minutes.text import MinutesText, Resolution, Section
from decisions.outcomes.matters import MatterInput, leaders_on
from decisions.outcomes.models import DecidedMatter, Decision
from decisions.outcomes.writing import write_decision

BY_SIGNING = "按签发的会议纪要核定"


def matters_of(text: MinutesText) -> dict[int, DecidedMatter]:
    """The decided matters a text speaks of, by id."""
    rows = DecidedMatter.objects.filter(pk__in=text.resolutions).select_related("question", "leader", "lead_unit")
    return {row.pk: row for row in rows.prefetch_related("co_units__unit")}


def known_leaders(minutes: Minutes, matters: Mapping[int, DecidedMatter]) -> dict[str, Person]:
    """By name, who may be named responsible: the leaders of the meeting's day and whom the decisions name.

    Of two leaders of one name neither is known by it.
    """
    people = leaders_on(minutes.meeting.day)
    people |= {row.leader.pk: row.leader for row in matters.values() if row.leader}
    names = [person.name for person in people.values()]
    return {person.name: person for person in people.values() if names.count(person.name) == 1}


def reworded(text: MinutesText, matters: Mapping[int, DecidedMatter]) -> list[Section]:
    """The sections that say of a matter something else than its decision does."""
    return [
        section
        for section in text.sections
        if any(_said(one) != _stands(matters[one.matter]) for one in section.resolutions)
    ]


def settle_decisions(actor: Actor, minutes: Minutes, text: MinutesText) -> MinutesText:
    """Supersede each decision that the text words anew; returns the text with the matters that stand now.

    List, search, notices and visibility read decided matters, so they agree with the paper from the same moment.
    """
    matters = matters_of(text)
    for section in reworded(text, matters):
        after = _supersede(actor, minutes, section, matters)
        ids = list(DecidedMatter.objects.filter(decision=after).order_by("position").values_list("pk", flat=True))
        resolutions = (replace(one, matter=pk) for one, pk in zip(section.resolutions, ids, strict=True))
        text = text.with_section(replace(section, resolutions=tuple(resolutions)))
    return text


def _supersede(actor: Actor, minutes: Minutes, section: Section, matters: Mapping[int, DecidedMatter]) -> Decision:
    before = Decision.objects.select_related("entry").get(matters=section.resolutions[0].matter)
    before.entry.meeting = minutes.meeting
    units, leaders = units_on(minutes.meeting), known_leaders(minutes, matters)
    after = write_decision(
        actor,
        Sitting.objects.select_related("rule_set").get(meeting=minutes.meeting),
        before.entry,
        [_input(one, matters[one.matter], units, leaders) for one in section.resolutions],
        before.summary,
        supersedes=before,
        reason=minutes.correction_reason or BY_SIGNING,
    )
    emit("decision.corrected", after, actor=actor, superseded=before.pk)
    return after


def _input(
    one: Resolution, matter: DecidedMatter, units: Mapping[str, Unit], leaders: Mapping[str, Person]
) -> MatterInput:
    """What was decided stays: question and outcome. Names were checked when the text was reviewed."""
    if matter.question is None:
        raise ValueError(f"matter {matter.pk} has no question")
    return MatterInput(
        question=matter.question,
        outcome=matter.outcome,
        text=one.text,
        leader=leaders[one.leader] if one.leader else None,
        lead_unit=units[one.lead_unit] if one.lead_unit else None,
        co_units=[units[name] for name in one.co_units],
        due_on=one.due_on,
    )


def _said(one: Resolution) -> tuple[object, ...]:
    return " ".join(one.text.split()), one.leader, one.lead_unit, frozenset(one.co_units), one.due_on


def _stands(matter: DecidedMatter) -> tuple[object, ...]:
    return (
        " ".join(matter.text.split()),
        matter.leader.name if matter.leader else "",
        matter.lead_unit.short_name if matter.lead_unit else "",
        frozenset(row.unit.short_name for row in matter.co_units.all()),
        matter.due_on,
    )
