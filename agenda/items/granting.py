"""Grants as rows: for services that have locked the items and asked who may grant."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from agenda.items.models import Item, ItemGrant
from common import clock
from common.identity.actor import Actor
from common.identity.models import ActingFor, Person


class Grants:
    """One permission for some persons, by their own logins; a delegate's right is another's and may end before it.

    Two queries to make, one more to write, whatever the number of items and persons.
    """

    def __init__(self, persons: Sequence[Person], permission: str) -> None:
        own = ActingFor.objects.on(clock.today()).filter(kind=ActingFor.Kind.SELF)
        self.logins = list(own.filter(person__in=[person.pk for person in persons]))
        reached = {login.person_id for login in self.logins}
        self.without_login = [person for person in persons if person.pk not in reached]
        self.right = Permission.objects.get(codename=permission, content_type=ContentType.objects.get_for_model(Item))

    def write(
        self, items: Iterable[Item], until: date, actor: Actor, *, occasion: str = "", but: Collection[int] = ()
    ) -> None:
        """Give each item to each login up to this day; one that stands for the same occasion gets the day."""
        ItemGrant.objects.bulk_create(
            [
                ItemGrant(
                    content_object=item,
                    permission=self.right,
                    user_id=login.account_id,
                    person_id=login.person_id,
                    occasion=occasion,
                    until=until,
                    granted_by=actor.person,
                )
                for item in items
                for login in self.logins
                if login.person_id not in but
            ],
            update_conflicts=True,
            unique_fields=["person", "user", "permission", "content_object", "occasion"],
            update_fields=["until", "granted_by"],
        )
