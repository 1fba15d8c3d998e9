"""待我办: each task lies with the one whose it is, and asking costs the same for 5 items and for 50."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.items.reports import waiting_for
from agenda.items.services.send_back import send_back
from common import clock
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import planned_meeting
from tests.support.time import Clock


def tasks(district: District, name: str) -> list[tuple[str, str]]:
    return [(task.verb, task.title) for task in waiting_for(district.actor(name), clock.today())]


TITLE = "关于新建城东学校的请示"


def test_a_filed_item_waits_for_the_section_and_once_accepted_for_its_reviewers(district: District) -> None:
    item = stories.filed_item(district)
    assert tasks(district, "周予安") == [("受理", TITLE)]
    for name in ("林知微", "梁思齐", "卢正言"):
        assert tasks(district, name) == []
    stories.accept(district, item)
    assert tasks(district, "周予安") == []
    assert tasks(district, "林知微") == [("办理调查研究", TITLE)]
    assert tasks(district, "梁思齐") == [("办理专家论证", TITLE), ("办理预案", TITLE)]
    assert tasks(district, "卢正言") == [("办理合法性审查", TITLE)]
    for name in ("闻人澈", "沈砚清", "丁筑", "温如故", "夏知秋"):
        assert tasks(district, name) == []


def test_a_check_that_passed_waits_for_nobody(district: District) -> None:
    item = stories.accepted_item(district)
    stories.conclude(district, item, "legal", "unlawful", summary="超越权限")
    assert tasks(district, "卢正言") == [("办理合法性审查", TITLE)]
    stories.conclude(district, item, "legal")
    assert tasks(district, "卢正言") == []


def test_a_signature_waits_for_the_one_whose_turn_it_is(district: District) -> None:
    item = stories.vetted_item(district)
    signers = ["林知微", "闻人澈", "陆景和", "邵闻笛", "沈砚清"]
    for turn in signers:
        assert [name for name in signers if tasks(district, name)] == [turn]
        stories.sign_next(district, item)
    assert not any(tasks(district, name) for name in signers)


def test_the_backup_is_told_for_whom(district: District) -> None:
    item = stories.vetted_item(district, unit="财政局", matter_kind="大额资金", presenter="曹以谦")
    stories.sign_on(district, item, until="leader_in_charge")
    [task] = waiting_for(district.actor("闻人澈"), clock.today())
    assert task.note == "财政局呈报，您是岑以宁的AB角"


def test_a_returned_item_waits_for_its_unit(district: District) -> None:
    send_back(actor=district.office, item=stories.filed_item(district), reason="事由过长")
    assert tasks(district, "林知微") == tasks(district, "梁思齐") == [("修改", TITLE)]
    assert tasks(district, "温如故") == []


def test_an_urgent_request_waits_for_the_secretary(district: District) -> None:
    stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    assert tasks(district, "沈砚清") == [("批准急件", TITLE)]


def test_tasks_are_due_before_the_papers_go_out(district: District, clock: Clock) -> None:
    stories.filed_item(district)
    from common import clock as domain_clock

    [task] = waiting_for(district.office, domain_clock.today())
    assert task.due is None
    planned_meeting(district, "2026-11-26 15:00")
    [task] = waiting_for(district.office, domain_clock.today())
    assert (str(task.due), str(task.since)) == ("2026-11-23", "2026-11-16")


@pytest.mark.parametrize("name", ["周予安", "林知微", "卢正言", "沈砚清", "夏知秋"])
def test_the_number_of_questions_does_not_grow(district: District, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            waiting_for(district.actor(name), clock.today())
        return len(queries)

    stories.filed_item(district)
    stories.accepted_item(district)
    first = asked()
    for number in range(6):
        stories.filed_item(district, title=f"议题{number}")
        stories.accepted_item(district, title=f"把关{number}")
    assert asked() == first
