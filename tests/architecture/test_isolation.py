"""Committees in one database never see each other: every address answers 404 to another committee's identifiers."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, Meeting
from committee.bodies.models import Seat
from committee.division.models import Division
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common import clock
from common.identity.models import Account, ActingFor, Person
from common.promises.derive import domain_models
from common.tenancy.scope import committee_scope
from decisions.minutes.models import Minutes
from decisions.outcomes.models import Decision
from decisions.votes.models import Question, Round
from tests.decisions.minutes_story import closed_meeting, signed
from tests.support.cast import District

# Addresses that take no row of a committee.
OPEN = {"login", "logout", "healthz"}
REFUSING = {404, 405}
WITH_PAGES = (AgendaEntry, Decision, Division, Item, Meeting, Minutes, Person, Question, Round, Seat, Unit)


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[tuple[str, str]]:
    """(name, route) of every address that takes an identifier."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif "<int:" in route and pattern.name not in OPEN:
            yield str(pattern.name), route


ADDRESSES = sorted(addresses())


@pytest.fixture
def stranger(district: District, neighbour: District) -> Client:
    """The neighbour's 秘书科, who may do everything at home."""
    person = neighbour.person("杜衡")
    with committee_scope(neighbour.committee.pk):
        account = Account.objects.create_user("linju", "lin-ju-2026-mima", label=person.name)
        ActingFor.objects.create(
            committee=neighbour.committee,
            account=account,
            person=person,
            valid_from=clock.today(),
            recorded_at=clock.now(),
        )
        RoleAssignment.objects.create(
            committee=neighbour.committee,
            person=person,
            role=Role.AUDITOR,
            valid_from=clock.today(),
            recorded_at=clock.now(),
        )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def theirs(district: District) -> list[int]:
    """Identifiers of rows of 云川区委 that no row of the neighbour has, one of every kind that has pages."""
    others: set[int] = set()
    for model in domain_models():
        others |= set(model.everywhere.exclude(committee=district.committee).values_list("pk", flat=True))
    ours = {kind.everywhere.filter(committee=district.committee).exclude(pk__in=others).first() for kind in WITH_PAGES}
    return sorted({row.pk for row in ours if row})


def test_every_address_hides_another_committees_rows(district: District, stranger: Client) -> None:
    signed(district, closed_meeting(district))
    found = theirs(district)
    assert len(found) > 5
    assert len(ADDRESSES) > 50
    seen = []
    for name, route in ADDRESSES:
        for pk in found:
            path = re.sub(r"<slug:\w+>", "research", re.sub(r"<int:\w+>", str(pk), route))
            seen += [
                (name, path, method, answer.status_code)
                for method, answer in (("GET", stranger.get(path)), ("POST", stranger.post(path)))
                if answer.status_code not in REFUSING
            ]
    assert not seen
