"""The closed meeting of minutes_story, held once a module: every test begins after it and is rolled back to it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from agenda.meetings.models import Meeting
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from tests.decisions.minutes_story import CLOSED_AT, closed_meeting
from tests.support.cast import District
from tests.support.databases import TestDatabase
from tests.support.time import FIRST_MORNING, Clock
from tests.support.told import begin


@pytest.fixture(scope="module")
def held(django_db_setup: TestDatabase, django_db_blocker: pytest.FixtureRequest) -> Iterator[int]:
    """The id of the meeting; undone with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        Clock().set(FIRST_MORNING)
        committee = Committee.objects.get(short_name="中共云川区委")
        begin()
        with committee_scope(committee.pk):
            meeting = closed_meeting(District(committee))
        yield meeting.pk
        transaction.set_rollback(True)


@pytest.fixture
def meeting(held: int, district: District) -> Meeting:
    """第21次常委会, closed a moment ago."""
    Clock().set(CLOSED_AT)
    return Meeting.objects.with_names().select_related("committee", "recorder").get(pk=held)
