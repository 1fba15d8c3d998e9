"""The agenda of a meeting as it is read: entries with running times, what is asked, papers, who attends.

Loaded in three queries, whatever the number of entries. The page, the notice and the printed agenda all take it from
here, so that they cannot differ.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from agenda.items.models import ItemRecusal
from agenda.meetings.models import AgendaEntry, Attendant, EntryItem, Meeting
from agenda.meetings.workflow import EntryState
from agenda.rules.models import PERSONNEL, Handling

# What an agenda shows of a cadre matter, and all that it shows (rules.md §4).
CADRE_TITLE = "干部任免事项"
ASKED = {
    Handling.DISCUSS: "讨论决定",
    Handling.BALLOT: "票决",
    Handling.HEAR: "听取",
    Handling.CONVEY: "传达学习",
}


class Paper(NamedTuple):
    """A paper of an item as its cleared version froze it."""

    id: int
    name: str
    size: int


class Matter(NamedTuple):
    """An item on the agenda, by its cleared version. A cadre matter has neither title nor text nor papers here.

    `recused`: ids of the people kept from its papers.
    """

    link_id: int
    item_id: int
    title: str
    docno: str
    unit_id: int
    unit: str
    co_units: tuple[int, ...]
    co_unit_words: str
    asked: tuple[str, ...]
    nature: str
    digest: str
    valid_until: date | None
    papers: tuple[Paper, ...]
    recused: tuple[int, ...]

    @property
    def cadre(self) -> bool:
        return self.nature in PERSONNEL


class Called(NamedTuple):
    """Who attends (列席): a person by name, with his post, or a unit by its short name."""

    person_id: int | None
    unit_id: int | None
    words: str
    post: str


@dataclass(slots=True)
class Line:
    """An entry with its number and the time it will come up."""

    entry: AgendaEntry
    number: int
    starts_at: datetime
    matters: list[Matter]
    attendants: list[Called]

    @property
    def natures(self) -> set[str]:
        """Of its items: what rule of voting holds."""
        return {matter.nature for matter in self.matters}

    @property
    def cadre(self) -> bool:
        return any(matter.cadre for matter in self.matters)

    @property
    def asks(self) -> str:
        """讨论决定, 票决, 听取, 传达学习."""
        return ASKED[Handling(self.entry.handling)]

    @property
    def units(self) -> str:
        """The reporting units in words."""
        names = dict.fromkeys(
            name for matter in self.matters for name in (matter.unit, *matter.co_unit_words.split("、")) if name
        )
        return "、".join(names)

    @property
    def unit_ids(self) -> set[int]:
        """Units that report here."""
        return {unit for matter in self.matters for unit in (matter.unit_id, *matter.co_units)}

    @property
    def papers(self) -> list[Paper]:
        """Papers of all its items; a cadre matter's are handed out at the meeting and not shown (rules.md §4)."""
        return [paper for matter in self.matters for paper in matter.papers]

    @property
    def called(self) -> list[str]:
        """Who is called in for this entry, in words."""
        return [one.words for one in self.attendants]

    def is_closed_to(self, people: Collection[int]) -> bool:
        """Is one of these persons recused from an item of it?"""
        return any(person in matter.recused for matter in self.matters for person in people)

    def calls(self, person_id: int, units: Collection[int]) -> bool:
        """Is this person, or a unit this person heads, called in or reporting here?"""
        if self.unit_ids.intersection(units):
            return True
        return any(one.person_id == person_id or one.unit_id in units for one in self.attendants)


@dataclass
class Programme:
    """The whole agenda. `standing`: who attends throughout."""

    meeting: Meeting
    lines: list[Line]
    standing: list[Called] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(line.entry.minutes for line in self.lines)

    @property
    def ends_at(self) -> datetime:
        return self.meeting.starts_at + timedelta(minutes=self.minutes)

    @property
    def entry_ids(self) -> list[int]:
        return [line.entry.pk for line in self.lines]

    def called_units(self) -> set[int]:
        """Every unit that reports or is called in; its head gets the notice."""
        units = {one.unit_id for one in self.standing if one.unit_id}
        for line in self.lines:
            units |= line.unit_ids | {one.unit_id for one in line.attendants if one.unit_id}
        return units

    def called_people(self) -> set[int]:
        """Every person named as attending."""
        rows = [*self.standing, *(one for line in self.lines for one in line.attendants)]
        return {one.person_id for one in rows if one.person_id}

    def attends_throughout(self, person_id: int, units: Collection[int]) -> bool:
        return any(one.person_id == person_id or one.unit_id in units for one in self.standing)


def load_programme(meeting: Meeting) -> Programme:
    """Entries, items and attendants of a meeting; times run on from its beginning by the entries' minutes."""
    matters = _matters(meeting)
    attendants: dict[int | None, list[Called]] = defaultdict(list)
    called = Attendant.objects.filter(meeting=meeting).order_by("pk")
    for entry_id, person, name, post, unit, short_name in called.values_list(
        "entry_id", "person_id", "person__name", "person__post_title", "unit_id", "unit__short_name"
    ):
        attendants[entry_id].append(Called(person, unit, name or short_name, post or ""))
    lines = []
    starts_at = meeting.starts_at
    for number, entry in enumerate(AgendaEntry.objects.filter(meeting=meeting).on_agenda(), start=1):
        lines.append(Line(entry, number, starts_at, matters[entry.pk], attendants[entry.pk]))
        starts_at += timedelta(minutes=entry.minutes)
    return Programme(meeting, lines, attendants[None])


_CONTENT = "clearance__version__content"


def _matters(meeting: Meeting) -> dict[int, list[Matter]]:
    """The items of each entry, deferred ones too, from the cleared version's frozen content."""
    recused = ItemRecusal.objects.filter(item=OuterRef("item"), ended_at__isnull=True)
    rows = (
        EntryItem.objects.filter(entry__meeting=meeting)
        .exclude(entry__state=EntryState.REMOVED)
        .annotate(
            asked=KeyTextTransform("matters", KeyTransform("words", _CONTENT)),
            co_unit_words=KeyTextTransform("co_units", KeyTransform("words", _CONTENT)),
            co_unit_ids=KeyTransform("co_units", KeyTransform("sheet", _CONTENT)),
            papers=KeyTransform("attachments", _CONTENT),
            recused=ArraySubquery(recused.values("person")),
        )
        .order_by("entry_id", "pk")
        .values_list(
            "entry_id", "pk", "item_id", "item__title", "item__number__year", "item__number__number", "item__unit_id",
            "item__unit__short_name", "item__matter_kind__nature", "clearance__digest", "clearance__valid_until",
            "asked", "co_unit_words", "co_unit_ids", "papers", "recused",
        )
    )  # fmt: skip
    found: dict[int, list[Matter]] = defaultdict(list)
    for (
        entry_id, link_id, item_id, title, year, number, unit_id, unit, nature, digest, valid_until,
        asked, co_unit_words, co_units, papers, kept,
    ) in rows:  # fmt: skip
        cadre = nature in PERSONNEL
        found[entry_id].append(
            Matter(
                link_id,
                item_id,
                CADRE_TITLE if cadre else title,
                "" if cadre else f"议〔{year}〕{number}号",
                unit_id,
                unit,
                tuple(co_units or ()),
                co_unit_words or "",
                () if cadre else tuple((asked or "").splitlines()),
                nature or "",
                digest,
                valid_until,
                () if cadre else tuple(Paper(one["id"], one["name"], one["size"]) for one in papers or ()),
                tuple(kept),
            )
        )
    return found
