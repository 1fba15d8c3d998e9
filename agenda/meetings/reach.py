"""Whom the program cannot reach, so that they must be telephoned."""

from collections.abc import Iterable

from common import clock
from common.identity.models import ActingFor, Person


def without_login(people: Iterable[Person]) -> list[Person]:
    """Those whom the program cannot reach; 秘书科 tells them by telephone and enters their replies."""
    listed = list(people)
    reached = set(
        ActingFor.objects.on(clock.today())
        .filter(person__in=[person.pk for person in listed])
        .values_list("person_id", flat=True)
    )
    return [person for person in listed if person.pk not in reached]
