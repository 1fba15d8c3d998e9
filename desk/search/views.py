"""Finds items, meetings, decisions, people and units by words, among what this person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agenda.items.policies import visible_to as visible_items
from agenda.meetings.policies import visible_to as visible_meetings
from committee.units.models import Unit
from common.identity.actor import Actor
from common.identity.models import Person
from common.web.request import ActorRequest
from decisions.outcomes.policies import visible_to as visible_decisions

MOST = 10


@dataclass(frozen=True)
class Section:
    """What one kind of thing answers: rows as (title, url, note), and whether there are more than shown."""

    label: str
    rows: list[tuple[str, str, str]]
    more: bool


def search(request: ActorRequest) -> HttpResponse:
    """The words stay in the address; every section shows the first ten."""
    words = request.GET.get("q", "").strip()[:60]
    sections = _sections(request.actor, words) if words else []
    found = [section for section in sections if section.rows]
    return render(request, "desk/search/search.html", {"words": words, "sections": found})


def _sections(actor: Actor, words: str) -> list[Section]:
    return [
        _section(
            "议题",
            visible_items(actor).filter(Q(title__icontains=words)).select_related("unit", "number").order_by("-pk"),
            lambda item: (
                item.title,
                reverse("agenda:item_detail", args=[item.pk]),
                f"{item.unit} · {item.get_state_display()}",
            ),
        ),
        _section(
            "会议",
            visible_meetings(actor)
            .filter(Q(entries__title__icontains=words) | Q(place__icontains=words))
            .distinct()
            .newest_first(),
            lambda meeting: (
                str(meeting),
                reverse("agenda:meeting_detail", args=[meeting.pk]),
                meeting.get_state_display(),
            ),
        ),
        _section(
            "决定",
            visible_decisions(actor)
            .filter(Q(matters__text__icontains=words) | Q(entry__title__icontains=words))
            .distinct()
            .select_related("entry__meeting__body", "entry__meeting__year_number")
            .order_by("-pk"),
            lambda d: (d.entry.title, reverse("decisions:decision_detail", args=[d.pk]), str(d.entry.meeting)),
        ),
        _section(
            "人员",
            Person.objects.current().filter(Q(name__icontains=words) | Q(post_title__icontains=words)).by_post(),
            lambda person: (person.name, reverse("committee:person_detail", args=[person.pk]), person.post_title),
        ),
        _section(
            "单位",
            Unit.objects.standing().filter(Q(short_name__icontains=words) | Q(full_name__icontains=words)).in_order(),
            lambda unit: (unit.short_name, reverse("committee:unit_detail", args=[unit.pk]), unit.full_name),
        ),
    ]


def _section(label: str, rows: QuerySet[Any], line: Callable[[Any], tuple[str, str, str]]) -> Section:
    found = list(rows[: MOST + 1])
    return Section(label, [line(row) for row in found[:MOST]], len(found) > MOST)
