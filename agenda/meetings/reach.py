"""By which ways people are reached: who has no login and must be telephoned, and what became of the e-mails."""

from collections.abc import Iterable

from agenda.meetings.models import MeetingNotice
from common import clock
from common.identity.models import ActingFor, Person
from common.mail.models import Letter


def without_login(people: Iterable[Person]) -> list[Person]:
    """Those whom the program cannot reach; 秘书科 tells them by telephone and enters their replies."""
    listed = list(people)
    reached = set(
        ActingFor.objects.on(clock.today())
        .filter(person__in=[person.pk for person in listed])
        .values_list("person_id", flat=True)
    )
    return [person for person in listed if person.pk not in reached]


def letters_of(notice: MeetingNotice) -> dict[int, Letter]:
    """The e-mail of each person for this notice."""
    return {letter.person_id: letter for letter in Letter.objects.filter(key__startswith=f"notice/{notice.pk}/")}
