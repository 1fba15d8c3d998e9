"""On the real database, with real commits: two at once."""

import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connections

from common.numbers.models import NumberSeries
from common.services import Conflict, Refused
from common.tenancy.scope import committee_scope
from decisions.minutes.models import DecisionNotice, Minutes, MinutesDraft
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.save_minutes import save_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from tests.decisions.minutes_story import closed_meeting, drafted, reviewed, signed
from tests.support.cast import District

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(district: District, acts: Sequence[Callable[[], object]]) -> list[object]:
    """Runs all acts at the same moment, each on a connection of its own; what each gave or raised."""
    start, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            with committee_scope(district.committee.pk):
                start.wait()
                found[place] = acts[place]()
        except Refused as refusal:
            found[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_signings_one_signs_with_one_number(district: District) -> None:
    minutes = reviewed(district, closed_meeting(district))
    found = at_once(district, [lambda: sign_minutes(actor=district.actor("沈砚清"), minutes=minutes)] * 2)
    assert kinds(found) == ["Minutes", "Refused"]
    assert NumberSeries.objects.get(kind="minutes:standing").last == 21
    assert DecisionNotice.objects.count() == 2


def test_of_two_savings_one_is_kept_and_the_other_told(district: District) -> None:
    minutes = drafted(district, closed_meeting(district))
    found = at_once(
        district,
        [
            lambda: save(district, minutes, "周予安", "甲写的结尾。"),
            lambda: save(district, minutes, "邵闻笛", "乙写的结尾。"),
        ],
    )
    assert kinds(found) == ["Conflict", "MinutesDraft"]
    draft = MinutesDraft.objects.get(minutes=minutes)
    told = next(one for one in found if isinstance(one, Conflict))
    assert draft.revision == 1
    assert told.theirs.content["closing"] == draft.content["closing"]


def test_of_two_corrections_one_begins(district: District) -> None:
    old = signed(district, closed_meeting(district))
    clerk = district.actor("周予安")
    found = at_once(district, [lambda: correct_minutes(actor=clerk, minutes=old, reason="单位有误")] * 2)
    assert kinds(found) == ["Minutes", "Refused"]
    assert Minutes.objects.filter(supersedes=old).count() == 1


def save(district: District, minutes: Minutes, name: str, text: str) -> MinutesDraft:
    return save_minutes(actor=district.actor(name), minutes=minutes, fields={"closing": text}, revision=0)


def kinds(found: list[object]) -> list[str]:
    return sorted(type(one).__name__ for one in found)
