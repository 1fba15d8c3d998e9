"""Stories that the tests of a module begin from: told once for all of them; each test undoes only what it did itself.

A module names them, as often as one test wants them: `TOLD = (ready_item, begun_entry)`. In its tests a call of such
a story without further words gives what was told; any other call tells the story anew. Tests of real commits have a
module of their own: what was told is not committed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import pytest
from django.db import models, transaction

from common import clock
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from tests.support import retold
from tests.support.cast import OWN, District
from tests.support.retold import telling
from tests.support.time import FIRST_MORNING, Clock

P = ParamSpec("P")
R = TypeVar("R", bound=models.Model)


class Told(NamedTuple):
    """What a story returned, and the moment it ended at."""

    model: type[models.Model]
    pk: int
    moment: datetime


_told: dict[str, list[Told]] = defaultdict(list)
_left: dict[str, list[Told]] = {}


def story(tell: Callable[Concatenate[District, P], R]) -> Callable[Concatenate[District, P], R]:
    """Marks a function that brings a test its rows, and that a module may name in TOLD."""

    @wraps(tell)
    def told_or_telling(district: District, *args: P.args, **given: P.kwargs) -> Any:
        left = _left.get(tell.__name__)
        if not left or args or given or clock.now() - _first_morning() > timedelta(hours=1):
            return telling(
                tell.__name__, partial(tell, district, *args, **given), district.committee, list(args), given
            )
        model, pk, moment = left.pop(0)
        clock.move_to(moment)
        return model._default_manager.get(pk=pk)

    return told_or_telling


@pytest.fixture(scope="module", autouse=True)
def _told_to_the_module(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells the module's stories within a transaction that ends with it."""
    stories = getattr(request.module, "TOLD", ())
    if not stories:
        yield
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        committee = Committee.objects.get(short_name=OWN)
        with committee_scope(committee.pk):
            retold.begin()
            for tell in stories:
                Clock().set(FIRST_MORNING)
                row = tell(District(committee))
                _told[tell.__name__].append(Told(type(row), row.pk, clock.now()))
        yield
        transaction.set_rollback(True)
    _told.clear()


@pytest.fixture(autouse=True)
def _told_to_the_test(_told_to_the_module: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test finds all of them."""
    if _told and {"committed_db", "bare_db", "site"} & set(request.fixturenames):
        pytest.fail("a test of real commits cannot begin from what its module was told")
    retold.begin()
    _left.update({name: list(rows) for name, rows in _told.items()})
    yield
    _left.clear()


def _first_morning() -> datetime:
    return datetime.fromisoformat(FIRST_MORNING).replace(tzinfo=clock.SHANGHAI)
