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
from tests.decisions.minutes_story import drafted, reviewed, signed
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
    minutes = reviewed(district)
    signers = [district.actor("沈砚清") for _ in range(2)]
    found = at_once(district, [lambda a=actor: sign_minutes(actor=a, minutes=minutes) for actor in signers])
    assert sorted(type(one).__name__ for one in found) == ["Minutes", "Refused"]
    assert NumberSeries.objects.get(kind="minutes:standing").last == 21
    assert DecisionNotice.objects.count() == 4


def test_of_two_savings_one_is_kept_and_the_other_told(district: District) -> None:
    minutes = drafted(district)
    texts = ("甲写的结尾。", "乙写的结尾。")
    found = at_once(
        district,
        [
            lambda t=text, a=district.actor(name): save_minutes(
                actor=a, minutes=minutes, fields={"closing": t}, revision=0
            )
            for text, name in zip(texts, ("周予安", "邵闻笛"), strict=True)
        ],
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "MinutesDraft"]
    draft = MinutesDraft.objects.get(minutes=minutes)
    told = next(one for one in found if isinstance(one, Conflict))
    assert draft.revision == 1
    assert told.theirs.content["closing"] == draft.content["closing"]


def test_of_two_corrections_one_begins(district: District) -> None:
    old = signed(district)
    clerks = [district.actor(name) for name in ("周予安", "邵闻笛")]
    found = at_once(
        district, [lambda a=actor: correct_minutes(actor=a, minutes=old, reason="单位有误") for actor in clerks]
    )
    assert sorted(type(one).__name__ for one in found) == ["Minutes", "Refused"]
    assert Minutes.objects.filter(supersedes=old).count() == 1
