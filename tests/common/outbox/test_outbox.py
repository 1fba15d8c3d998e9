"""An event is written with what it tells of, and each handler has it carried out once, whoever fails on the way."""

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, connections, transaction

from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox import registry
from common.outbox.models import Event, Handling
from common.outbox.registry import emit, handles
from common.outbox.tasks import MOST_ATTEMPTS, sweep
from common.services import Refused, service
from common.tenancy.scope import current_committee_id
from tests.support.cast import District

seen: list[tuple[str, int]] = []
troubles: list[Exception] = []


@pytest.fixture(autouse=True)
def listeners(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two handlers of one kind; the second fails as long as there is trouble."""
    monkeypatch.setattr(registry, "_handlers", type(registry._handlers)(dict))
    seen.clear()
    troubles.clear()

    @handles("unit.tried")
    def first(event: Event) -> None:
        seen.append(("first", current_committee_id()))

    @handles("unit.tried")
    def second(event: Event) -> None:
        if troubles:
            raise troubles.pop()
        seen.append(("second", event.subject_id))

    yield


@service
def tell(*, actor: Actor, refuse: bool = False) -> None:
    emit("unit.tried", actor.person, actor=actor, words="试")
    audit(actor, "tell", actor.person)
    if refuse:
        raise Refused("不办。")


def states() -> list[tuple[str, str, int]]:
    rows = Handling.everywhere.order_by("pk")
    return [(row.handler.rsplit(".", 1)[1], row.state, row.attempts) for row in rows]


def test_each_handler_carries_an_event_out_once(district: District) -> None:
    tell(actor=district.office)
    assert sweep() == 2
    assert sweep() == 0
    assert seen == [("first", district.committee.pk), ("second", district.office.person.pk)]
    assert states() == [("first", "done", 1), ("second", "done", 1)]


def test_what_was_refused_told_nobody(district: District) -> None:
    with pytest.raises(Refused):
        tell(actor=district.office, refuse=True)
    assert not Event.objects.filter(kind="unit.tried").exists()
    assert sweep() == 0


def test_a_handler_that_fails_is_tried_again_and_the_other_is_not(district: District) -> None:
    troubles.append(OSError("printer on fire"))
    tell(actor=district.office)
    sweep()
    assert states() == [("first", "done", 1), ("second", "waiting", 1)]
    assert "printer on fire" in Handling.everywhere.get(state="waiting").error
    sweep()
    assert states() == [("first", "done", 1), ("second", "done", 2)]
    assert [name for name, _ in seen] == ["first", "second"]


def test_after_five_tries_it_is_left_for_people_to_see(district: District) -> None:
    troubles.extend(OSError("gone") for _ in range(MOST_ATTEMPTS + 1))
    tell(actor=district.office)
    for _ in range(MOST_ATTEMPTS + 1):
        sweep()
    assert states()[1] == ("second", "failed", MOST_ATTEMPTS)
    assert len(troubles) == 1


def test_two_workers_at_once_carry_out_each_once(committed_db: None, district: District) -> None:
    for _ in range(10):
        tell(actor=district.office)

    def work() -> None:
        sweep()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [name for name, _ in seen].count("first") == 10
    assert [name for name, _ in seen].count("second") == 10
    assert {(state, attempts) for _, state, attempts in states()} == {("done", 1)}


def test_an_event_cannot_be_changed_or_taken_back(district: District) -> None:
    tell(actor=district.office)
    for statement in (
        "UPDATE common_event SET kind = 'x'",
        "DELETE FROM common_event",
        "TRUNCATE common_event CASCADE",
    ):
        with pytest.raises(DatabaseError, match=r"permission denied|不能修改"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Event.objects.filter(kind="unit.tried").count() == 1
