"""The office of office_story at the end of its way, made once a module and rolled back with it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from tests.architecture.office_story import Office
from tests.support.cast import District
from tests.support.databases import TestDatabase
from tests.support.time import FIRST_MORNING, Clock
from tests.support.told import begin


@pytest.fixture(scope="module")
def office(django_db_setup: TestDatabase, django_db_blocker: pytest.FixtureRequest) -> Iterator[Office]:
    """云川区委 with one 纪要 signed and a row of every kind; the clock is for each test to set."""
    with django_db_blocker.unblock(), transaction.atomic():
        Clock().set(FIRST_MORNING)
        committee = Committee.objects.get(short_name="中共云川区委")
        made = Office(District(committee))
        begin()
        with committee_scope(committee.pk):
            for _ in made.stages():
                pass
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def now_signed(clock: Clock) -> None:
    """The morning after the meeting."""
    clock.set("2026-11-27 09:30")
