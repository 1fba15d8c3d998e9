"""No order of comings, goings and recusals lets a vote open without quorum, or lets anybody vote who may not."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda.meetings.models import AgendaEntry
from common.services import Refused
from decisions.hall.models import EntryNote
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.votes.services.lift_recusal import lift_recusal
from decisions.votes.services.void_round import void_round
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, recuse
from tests.support.cast import District

STEPS = st.lists(
    st.tuples(st.sampled_from(["room", "room", "recusal", "vote"]), st.integers(0, len(MEMBERS) - 1)), max_size=25
)


class Enough(Exception):
    """Ends an example, so that nothing of it stays."""


class Room:
    """What the room should be, kept apart from the program."""

    def __init__(self, district: District, entry: AgendaEntry) -> None:
        self.district, self.entry = district, entry
        self.here, self.recused = set(MEMBERS), set()

    def room(self, name: str) -> None:
        act = depart if name in self.here else arrive
        if name == MEMBERS[0]:
            with pytest.raises(Refused, match="正在主持会议"):
                depart(actor=self.district.office, meeting=self.entry.meeting, person=self.district.person(name))
            return
        act(actor=self.district.office, meeting=self.entry.meeting, person=self.district.person(name))
        self.here ^= {name}

    def recusal(self, name: str) -> None:
        if name in self.recused:
            line = EntryNote.objects.get(person__name=name, kind="recusal", corrected_by__isnull=True)
            lift_recusal(actor=self.district.office, note=line)
        else:
            recuse(self.district, self.entry, name)
        self.recused ^= {name}

    def vote(self, name: str) -> None:
        able = self.here - self.recused
        if len(able) < 6:
            with pytest.raises(Refused, match="不能表决"):
                recorded_round(self.district, self.entry)
            return
        round_ = recorded_round(self.district, self.entry)
        assert {member.name for member in round_.members.all() if member.entitled} == able
        void_round(actor=self.district.office, round_=round_, reason="试")


@pytest.fixture
def entry(district: District) -> AgendaEntry:
    """城东学校, begun with all eleven in the room; examples leave nothing behind."""
    return begun_entry(district)


def holds_in_this_order(district: District, entry: AgendaEntry, steps: list[tuple[str, int]]) -> None:
    with pytest.raises(Enough), transaction.atomic():
        room = Room(district, entry)
        for what, who in [*steps, ("vote", 0)]:
            getattr(room, what)(MEMBERS[who])
        raise Enough


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_quorum_holds_in_whatever_order(district: District, entry: AgendaEntry, steps: list[tuple[str, int]]) -> None:
    holds_in_this_order(district, entry, steps)


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_quorum_holds_in_many_an_order(district: District, entry: AgendaEntry, steps: list[tuple[str, int]]) -> None:
    holds_in_this_order(district, entry, steps)
