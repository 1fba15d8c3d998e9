"""Finds items, meetings, decisions, 纪要, notices, people and units by words, among what this person may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from agenda.items.models import Item
from agenda.items.policies import visible_to as visible_items
from agenda.items.querysets import ItemQuerySet
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.policies import visible_to as visible_meetings
from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.web.formats import cn_datetime
from common.web.request import ActorRequest
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.policies import notices_visible_to
from decisions.minutes.policies import visible_to as visible_minutes
from decisions.outcomes.models import DecidedMatter
from decisions.outcomes.policies import visible_to as visible_decisions
from desk.search.words import numbered, titled, written_in

MOST = 10
Line = tuple[str, str, str]


@dataclass(frozen=True)
class Section:
    """What one kind of thing answers: rows as (title, url, note), and where there are more than shown."""

    label: str
    rows: list[Line]
    more: str


@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """The words stay in the address; every section shows the first ten."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    sections = [section for section in _sections(request.actor, words) if section.rows] if words else []
    return render(request, "desk/search/search.html", {"words": words, "sections": sections})


def _sections(actor: Actor, words: str) -> Iterator[Section]:
    items, today = _items(actor, words), clock.today()
    # A meeting and its 纪要 are found by items this person sees, too; other entries stay unknown.
    listed = AgendaEntry.objects.on_agenda().filter(entry_items__item__in=items.values("pk"))
    with_item = Q(pk__in=listed.order_by().values("meeting"))
    meetings = visible_meetings(actor).filter(with_item | Q(place__icontains=words) | titled(words)).newest_first()
    matters = visible_decisions(actor).current()
    matters = matters.filter(Q(text__icontains=words) | Q(decision__entry__title__icontains=words))
    of_meetings = Q(meeting__in=meetings.order_by().values("pk"))
    said = of_meetings | titled(words, "meeting__", "纪要") | written_in(words, "draft__content")
    minutes = visible_minutes(actor).filter(said | numbered(words)).with_names(today)
    notices = notices_visible_to(actor).filter(numbered(words) | Q(decision__entry__title__icontains=words))
    people = Person.objects.current().filter(Q(name__icontains=words) | Q(post_title__icontains=words))
    units = Unit.objects.standing().filter(Q(short_name__icontains=words) | Q(full_name__icontains=words))
    tail = "?" + urlencode({"q": words})
    more = reverse("agenda:items") + tail
    yield _section("议题", items.select_related("unit", "number").order_by("-pk"), _item_line, more)
    yield _section("会议", meetings, lambda one: _meeting_line(one, today))
    yield _section("决定", matters.for_list(), _matter_line, reverse("decisions:decisions") + tail)
    yield _section("纪要", minutes.newest_first(), _minutes_line)
    yield _section("通知单", notices.for_list().select_related("decision__entry").order_by("-pk"), _notice_line)
    yield _section("人员", people.by_post(), _person_line)
    yield _section("单位", units.in_order(), _unit_line)


def _items(actor: Actor, words: str) -> ItemQuerySet:
    return visible_items(actor).filter(Q(title__icontains=words) | numbered(words.removeprefix("议")))


def _section(label: str, rows: QuerySet[Any], line: Callable[[Any], Line], more: str = "") -> Section:
    found = list(rows[: MOST + 1])
    return Section(label, [line(row) for row in found[:MOST]], more if len(found) > MOST else "")


def _item_line(item: Item) -> Line:
    number = f"议{item.number}，" if item.number else ""
    return str(item), _at("agenda:item_detail", item), f"{number}{item.unit.short_name}，{item.get_state_display()}"


def _meeting_line(meeting: Meeting, today: Any) -> Line:
    note = f"{cn_datetime(meeting.starts_at, today)}，{meeting.place}"
    return str(meeting), _at("agenda:meeting_detail", meeting), note


def _matter_line(matter: DecidedMatter) -> Line:
    entry = matter.decision.entry
    return matter.text, _at("decisions:decision", matter.decision), f"{entry.meeting}，{entry.title}"


def _minutes_line(minutes: Minutes) -> Line:
    return str(minutes), _at("decisions:minutes_detail", minutes), str(minutes.number or minutes.get_state_display())


def _notice_line(notice: DecisionNotice) -> Line:
    note = f"{notice.decision.entry.title}{'，已被取代' if notice.superseded else ''}"
    return f"{notice.unit.short_name}{notice.number}", _at("decisions:notice_detail", notice), note


def _person_line(person: Person) -> Line:
    return person.name, _at("committee:person", person), person.post_title


def _unit_line(unit: Unit) -> Line:
    return unit.short_name, _at("committee:unit", unit), unit.full_name


def _at(name: str, one: Any) -> str:
    return reverse(name, args=[one.pk])
