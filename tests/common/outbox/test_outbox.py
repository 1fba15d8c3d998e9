"""An event is written with what it tells of, and each handler has it carried out once, whoever fails on the way."""

import threading
from collections.abc import Iterator

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from committee.register.services.retry_handling import retry_handling
from common.audit.log import audit
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.outbox import registry, tasks
from common.outbox.models import Event, Handling
from common.outbox.registry import emit, handles
from common.outbox.tasks import MOST_ATTEMPTS, sweep
from common.services import NotAllowed, Refused, service
from common.tenancy.scope import current_committee_id
from tests.support.cast import District

seen: list[tuple[str, int]] = []
troubles: list[BaseException] = []


@pytest.fixture(autouse=True)
def listeners(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two handlers of one kind; the second fails as long as there is trouble."""
    monkeypatch.setattr(registry, "_handlers", type(registry._handlers)(dict))
    seen.clear()
    troubles.clear()

    @handles("unit.tried")
    def first(event: Event) -> None:
        seen.append(("first", current_committee_id()))

    @handles("unit.tried", "写一份回执")
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


def test_a_handler_that_kills_its_worker_is_counted_and_given_up_in_the_end(district: District, clock) -> None:
    """Its transaction is lost with the process, the attempt is not; it is taken again only when it is surely dead."""
    troubles.extend(KeyboardInterrupt() for _ in range(MOST_ATTEMPTS))
    tell(actor=district.office)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with pytest.raises(KeyboardInterrupt):
            sweep()
        assert states() == [("first", "done", 1), ("second", "waiting", attempt)]
        assert sweep() == 0, "it may still be under way"
        clock.forward(minutes=11)
    sweep()
    assert states()[1] == ("second", "failed", MOST_ATTEMPTS)
    assert "中断" in Handling.everywhere.get(state="failed").error
    assert [name for name, _ in seen] == ["first"]


def test_a_handler_that_takes_too_long_is_told_so_and_tried_again(district: District) -> None:
    troubles.append(SoftTimeLimitExceeded())
    tell(actor=district.office)
    sweep()
    assert Handling.everywhere.get(state="waiting").error.startswith("办得太久，超过了时限。")
    sweep()
    assert states()[1] == ("second", "done", 2)


def test_a_sweep_stops_long_before_its_time_is_up(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "ENOUGH", 0.0)
    tell(actor=district.office)
    assert [sweep(), sweep(), sweep()] == [1, 1, 0]
    assert tasks.ENOUGH + 60 < settings.CELERY_TASK_SOFT_TIME_LIMIT


def given_up(district: District) -> Handling:
    """The second handler after five tries."""
    troubles.extend(OSError("printer on fire") for _ in range(MOST_ATTEMPTS))
    tell(actor=district.office)
    for _ in range(MOST_ATTEMPTS):
        sweep()
    return Handling.objects.get(state="failed")


def test_the_administrator_sees_what_was_given_up_and_has_it_tried_again(district: District) -> None:
    failed, admin = given_up(district), district.client("系统管理员")
    page = admin.get("/organisation/background/").content.decode()
    for words in ("人员 ", "写一份回执", "当时连不上", "5 次", "OSError: printer on fire", "unit.tried"):
        assert words in page
    admin.post(f"/organisation/background/{failed.pk}/retry/")
    sweep()
    assert states()[1] == ("second", "done", 1)
    entry = AuditEntry.objects.get(verb="retry_handling")
    assert (entry.subject_id, entry.detail["attempts"]) == (failed.pk, MOST_ATTEMPTS)
    assert "没有办不成的" in admin.get("/organisation/background/").content.decode()


def test_nobody_else_has_it_tried_again_and_what_is_done_is_not(district: District) -> None:
    failed = given_up(district)
    for actor in (district.office, district.director, district.secretary):
        with pytest.raises(NotAllowed):
            retry_handling(actor=actor, handling=failed)
    assert states()[1] == ("second", "failed", MOST_ATTEMPTS)
    done = Handling.objects.get(state="done")
    with pytest.raises(Refused, match="已处理，不需要重试"):
        retry_handling(actor=district.administrator, handling=done)
    assert not AuditEntry.objects.filter(verb="retry_handling").exists()


def test_another_committee_sees_none_of_it(district: District, neighbour: District) -> None:
    failed, stranger = given_up(district), neighbour.client("系统管理员")
    assert "写一份回执" not in stranger.get("/organisation/background/").content.decode()
    assert stranger.post(f"/organisation/background/{failed.pk}/retry/").status_code == 404
    assert states()[1] == ("second", "failed", MOST_ATTEMPTS)


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
