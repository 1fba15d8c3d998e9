"""A letter leaves by one claimed attempt; what nobody knows is not sent again by itself."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections

from common import clock
from common.identity.models import Person
from common.mail import tasks
from common.mail.models import Letter
from common.mail.send import claim_next, queue_letter, retry_letter
from common.mail.tasks import LOST_AFTER, sweep
from common.services import NotAllowed, Refused
from tests.support.cast import District
from tests.support.smtp import Postman


@pytest.fixture
def letter(committed_db: None, district: District, smtp: Postman) -> Letter:
    person = district.person("沈砚清")
    Person.objects.filter(pk=person.pk).update(email="shen@yunchuan.example")
    return write(district)


def write(district: District, key: str = "trial/1") -> Letter:
    letter = queue_letter(district.person("沈砚清"), "有事待办", "请登录查看。", key=key, actor=district.office)
    assert letter is not None
    return letter


def test_a_letter_is_queued_once_per_key_and_sent_once(letter: Letter, district: District, smtp: Postman) -> None:
    assert write(district).pk == letter.pk
    assert [sweep(), sweep()] == [1, 0]
    assert [message["Message-ID"] for message in smtp.messages] == [letter.message_id]
    assert Letter.objects.get().state == "sent"


def test_who_has_no_address_gets_no_letter(district: District, smtp: Postman) -> None:
    assert queue_letter(district.person("陆景和"), "x", "x", key="trial/2", actor=district.office) is None


def test_three_workers_at_once_send_each_letter_once(letter: Letter, district: District, smtp: Postman) -> None:
    for number in range(8):
        write(district, f"trial/more/{number}")

    def work() -> None:
        sweep()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(smtp.messages) == len({message["Message-ID"] for message in smtp.messages}) == 9
    assert set(Letter.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_sweep_takes_no_letter_when_its_time_runs_out(
    letter: Letter, district: District, smtp: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one under way is finished and noted; the rest stays queued for the next sweep and is not 不明."""
    write(district, "trial/more")
    monkeypatch.setattr(tasks, "ENOUGH", 0.0)
    assert sweep() == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["queued", "sent"]
    assert [sweep(), sweep()] == [1, 0]
    assert len(smtp.messages) == 2


def test_the_slowest_letter_ends_before_the_sweep_is_stopped() -> None:
    steps = 8  # connect, EHLO twice around STARTTLS, MAIL, RCPT, DATA, the text, QUIT
    assert tasks.ENOUGH + steps * settings.EMAIL_TIMEOUT < settings.CELERY_TASK_SOFT_TIME_LIMIT


def test_what_a_killed_worker_had_claimed_is_unknown_and_waits_for_a_person(letter: Letter, smtp: Postman) -> None:
    assert claim_next() == letter
    assert sweep() == 0
    Letter.objects.update(claimed_at=clock.now() - LOST_AFTER - timedelta(seconds=1))
    assert sweep() == 0
    assert (Letter.objects.get().state, smtp.messages) == ("unknown", [])


@pytest.mark.parametrize(("mood", "state"), [("refuse", "failed"), ("vanish", "unknown")])
def test_the_outcome_is_kept_and_a_person_sends_again_under_the_same_id(
    letter: Letter, district: District, smtp: Postman, mood, state: str
) -> None:
    smtp.mood = mood
    sweep()
    assert Letter.objects.get().state == state
    assert Letter.objects.get().error
    smtp.mood = "accept"
    assert sweep() == 0
    with pytest.raises(NotAllowed):
        retry_letter(actor=district.liaison, letter=letter, allowed=False)
    retry_letter(actor=district.office, letter=letter, allowed=True)
    assert sweep() == 1
    assert smtp.messages[-1]["Message-ID"] == letter.message_id
    assert Letter.objects.values_list("state", "attempts").get() == ("sent", 2)
    with pytest.raises(Refused, match="不需要重发"):
        retry_letter(actor=district.office, letter=letter, allowed=True)
