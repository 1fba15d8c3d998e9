"""How a meeting gets as far as a test of the hall needs it: called, its members in the room, an entry begun."""

from collections.abc import Iterable, Sequence
from typing import Any

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.rules.models import MatterKind, Nature
from committee.bodies.models import Body
from decisions.hall.models import EntryNote, Sitting
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.recuse_member import recuse_member
from decisions.hall.services.sign_in import sign_in
from decisions.votes.models import Question, Round, RoundResult
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.open_round import open_round
from tests.support.cast import District
from tests.support.meetings import called_meeting as called
from tests.support.stories import heard_item, ready_item
from tests.support.time import Clock
from tests.support.told import story

MEMBERS = (
    "沈砚清", "陆景和", "顾维桢", "韩立岑", "苏文珩", "程望舒", "马春屿", "贺北辰", "岑以宁", "邵闻笛", "雷定远",
)  # fmt: skip
DAY = "2026-11-26"
WHY = {"basis": "declared", "reason": "其配偶在承建企业任职"}
THAT_DAY = f"{DAY} 08:40"


@story
def called_meeting(
    district: District, *items: Item, body: str = Body.Kind.STANDING, at: str = f"{DAY} 09:00"
) -> Meeting:
    """Planned for the morning of 11月26日, with these items (or one report to hear) on its agenda, and called."""
    items = items or (heard_item(district, target_body=body),)
    return called(district, *items, at=at, body=body)


def seat(district: District, meeting: Meeting, names: Iterable[str]) -> None:
    """These members sign in, on the morning of the meeting."""
    Clock().set(THAT_DAY)
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in names])


@story
def sitting_with(
    district: District, *items: Item, present: Sequence[str] = MEMBERS, body: str = Body.Kind.STANDING
) -> Sitting:
    """In session with these members in the room."""
    meeting = called_meeting(district, *items, body=body)
    seat(district, meeting, present)
    return open_meeting(actor=district.office, meeting=meeting)


def entry_of(sitting: Sitting, position: int = 1) -> AgendaEntry:
    return AgendaEntry.objects.get(meeting=sitting.meeting, position=position)


@story
def begun_entry(district: District, *, present: Sequence[str] = MEMBERS, **sheet: Any) -> AgendaEntry:
    """城东学校 under deliberation; `present` have come."""
    sitting = sitting_with(district, ready_item(district, **sheet), present=present)
    return begin_entry(actor=district.office, entry=entry_of(sitting))


def recuse(district: District, entry: AgendaEntry, name: str) -> EntryNote:
    """He said himself that he has a relative in the matter."""
    return recuse_member(actor=district.office, entry=entry, person=district.person(name), **WHY)


def first_question(entry: AgendaEntry) -> Question:
    return Question.objects.filter(entry=entry, dropped_at__isnull=True).order_by("position")[0]


@story
def recorded_round(district: District, entry: AgendaEntry) -> Round:
    """A vote by name on the entry's first question."""
    return open_round(actor=district.office, question=first_question(entry), form=Round.Form.RECORDED)


def vote(district: District, round_: Round, choice: str, *names: str) -> None:
    for name in names:
        cast_vote(actor=district.office, round_=round_, person=district.person(name), choice=choice)


def voted_nine_one_one(district: District, entry: AgendaEntry) -> RoundResult:
    """城东学校 as the demo tells it: nine for, one against, one abstains."""
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", *MEMBERS[:9])
    vote(district, round_, "oppose", MEMBERS[9])
    vote(district, round_, "abstain", MEMBERS[10])
    return close_round(actor=district.office, round_=round_)


def made_cadre(district: District, item: Item) -> Item:
    """As if its kind of matter concerned cadres: units cannot file such, but an entry of one is handled rightly."""
    MatterKind.objects.filter(pk=item.matter_kind_id).update(nature=Nature.CADRE)
    return Item.objects.get(pk=item.pk)
