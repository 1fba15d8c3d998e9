"""What waits for whom: to draft, to review, to sign, each on the workbench of one person."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.meetings.models import Meeting
from common import clock
from common.identity.actor import Actor
from decisions.minutes.reports import waiting_for
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.reopen_minutes import reopen_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from tests.decisions.minutes_story import held_before
from tests.support.cast import District

EVERYBODY = ("周予安", "邵闻笛", "沈砚清", "陆景和", "林知微", "梁思齐", "陆离")


def waiting(district: District) -> dict[str, tuple[str, date | None]]:
    """Per person the verb and the day; those for whom nothing waits are left out."""
    found = {name: waiting_for(district.actor(name), clock.today()) for name in EVERYBODY}
    return {name: (tasks[0].verb, tasks[0].due) for name, tasks in found.items() if tasks}


def test_it_goes_from_hand_to_hand_and_is_due_on_the_next_working_day(district: District, meeting: Meeting) -> None:
    friday = date(2026, 11, 27)
    assert waiting(district) == {"周予安": ("起草", friday)}
    minutes = start_minutes(actor=district.office, meeting=meeting)
    assert waiting(district) == {"周予安": ("起草", friday)}
    submit_minutes(actor=district.office, minutes=minutes)
    assert waiting(district) == {"邵闻笛": ("审核", friday)}
    review_minutes(actor=district.director, minutes=minutes)
    assert waiting(district) == {"沈砚清": ("签发", friday)}
    reopen_minutes(actor=district.secretary, minutes=minutes, reason="再核")
    assert waiting(district) == {"周予安": ("起草", friday)}
    review_minutes(actor=district.director, minutes=minutes)
    sign_minutes(actor=district.secretary, minutes=minutes)
    new_notice = {"林知微": ("签收", None), "梁思齐": ("签收", None)}
    assert waiting(district) == new_notice
    correct_minutes(actor=district.office, minutes=minutes, reason="单位有误")
    assert waiting(district) == {"周予安": ("起草", friday)} | new_notice


def test_it_takes_the_same_queries_whatever_lies_there(district: District) -> None:
    held_before(district, 2)
    few = asked(district.actor("周予安"))
    held_before(district, 10, first=3)
    assert asked(district.actor("周予安")) == few <= 6


def asked(actor: Actor) -> int:
    with CaptureQueriesContext(connection) as queries:
        waiting_for(actor, clock.today())
    return len(queries)
