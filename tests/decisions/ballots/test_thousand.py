"""党代会's size: a thousand voters cast at once from many connections, and the count of a thousand."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connections

from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.tenancy.scope import committee_scope
from decisions.ballots.models import Ballot, BallotCount
from decisions.ballots.services.cast_ballot import cast_ballot
from decisions.hall.models import Attendance, DueMember, Sitting
from decisions.hall.services.pass_rest import pass_rest
from decisions.votes.models import RoundResult
from tests.decisions.ballots_story import NAMES, cadre_entry, counted, device_ballot, fresh, message
from tests.support.cast import District

THOUSAND, CONNECTIONS = 1000, 8
REAL_COST = (64 * 1024, 3)


def fill(district: District, sitting: Sitting) -> list[Person]:
    """Delegates up to a thousand, due and in the room."""
    seat, own = sitting.due_members.all()[0].seat, sitting.due_members.count()
    common = {"committee": district.committee, "meeting": sitting.meeting, "kind": "arrive", "member": True}
    new = Person.objects.bulk_create(
        Person(committee=district.committee, name=f"代表{n}") for n in range(THOUSAND - own)
    )
    DueMember.objects.bulk_create(
        DueMember(
            committee=district.committee, sitting=sitting, seat=seat, person=person, name=person.name, post="代表",
            rank_order=1000 + n, counts=True, votes=True,
        )
        for n, person in enumerate(new)
    )  # fmt: skip
    entered_by, at = district.office.person, clock.now()
    Attendance.objects.bulk_create(Attendance(person=person, entered_by=entered_by, at=at, **common) for person in new)
    return [member.person for member in sitting.due_members.select_related("person")]


def cast_their_share(district: District, ballot: Ballot, share: Iterator[tuple[Person, bytes]], lock) -> None:
    with committee_scope(district.committee.pk):
        try:
            while True:
                with lock:
                    person, sealed = next(share, (None, b""))
                if person is None:
                    return
                cast_ballot(actor=Actor(district.committee, person), ballot=ballot, sealed=sealed)
        finally:
            connections.close_all()


@dataclass(frozen=True)
class Figures:
    """Seconds that each step took, and what came out."""

    ballot: Ballot
    issuing: float
    casting: float
    counting: float


def vote_of_a_thousand(district: District) -> Figures:
    """Three names; a third each for, against and for putting off the first."""
    entry = cadre_entry(district, names=NAMES)
    voters = fill(district, Sitting.objects.select_related("meeting").get(meeting=entry.meeting))
    pass_rest(actor=district.office, entry=entry)
    began = time.monotonic()
    ballot, written = device_ballot(district, entry)
    issued = time.monotonic()
    sealed = [(person, message(ballot, person, (1 + n % 3, 1, 2))) for n, person in enumerate(voters)]
    share, lock, sealed_at = iter(sealed), threading.Lock(), time.monotonic()
    threads = [
        threading.Thread(target=cast_their_share, args=(district, ballot, share, lock)) for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cast_at = time.monotonic()
    ballot = counted(district, fresh(ballot), written)
    return Figures(ballot, issued - began, cast_at - sealed_at, time.monotonic() - cast_at)


@pytest.mark.long
def test_a_thousand_cast_at_once_and_are_counted(committed_db: None, district: District, settings) -> None:
    """With the codes' full price; how fast it is, bench/ says."""
    settings.BALLOT_CODE_COST = REAL_COST
    ballot = vote_of_a_thousand(district).ballot
    assert (ballot.state, BallotCount.objects.get().received) == ("counted", THOUSAND)
    rows = RoundResult.objects.order_by("round__slot__position").values_list("approve", "oppose", "deferred")
    assert list(rows) == [(334, 333, 333), (1000, 0, 0), (0, 1000, 0)]
