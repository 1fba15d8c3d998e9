"""Meetings without a 纪要: the oldest are named, and where there are more that is said with the way there."""

import pytest

from common import clock
from decisions.minutes import reports
from decisions.minutes.reports import MOST_TO_BEGIN, waiting_for
from tests.decisions.minutes_story import held_before
from tests.support.cast import District


def begun(district: District) -> list[str]:
    return [task.title for task in waiting_for(district.actor("周予安"), clock.today()) if task.verb == "起草"]


@pytest.mark.parametrize(
    ("number", "rest"), [(MOST_TO_BEGIN, False), (MOST_TO_BEGIN + 1, True), (MOST_TO_BEGIN + 5, True)]
)
def test_the_clerk_is_shown_the_oldest_and_the_way_to_the_rest(district: District, number: int, rest: bool) -> None:
    held_before(district, number, drafts=False)
    titles = begun(district)
    assert len(titles) == MOST_TO_BEGIN + rest
    assert ("其余会议的纪要" in titles) is rest
    page = district.client("周予安").get("/minutes/").content.decode()
    assert page.count("起草纪要") == MOST_TO_BEGIN
    assert ("还有会议没有纪要" in page) is rest
    assert ('href="/meetings/?state=closed"' in page) is rest


def test_the_oldest_come_first(district: District) -> None:
    held_before(district, MOST_TO_BEGIN + 1, drafts=False)
    first = reports.without_minutes()[0]
    assert f"{first}纪要" in begun(district)
    assert f"{reports.without_minutes().last()}纪要" not in begun(district)
