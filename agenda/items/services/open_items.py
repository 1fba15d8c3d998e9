"""Open several items to the same readers for one occasion, such as a meeting; and close them when it is over."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import models

from agenda.items.granting import Grants
from agenda.items.models import Item, ItemGrant
from agenda.items.policies import READ, demand, may_grant_reading
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import nothing_to_do, service


@service
def open_items(
    *, actor: Actor, items: Collection[Item], persons: Iterable[Person], until: date, occasion: models.Model
) -> None:
    """Let exactly these persons read exactly these items for the occasion, up to and with this day.

    What the occasion had opened before and does not need any more ends. The items are locked by the caller. As many
    queries for eight items and sixty persons as for one and one.
    """
    for item in items:
        demand(may_grant_reading(actor, item))
    people = list(persons)
    ItemGrant.objects.filter(occasion=_key(occasion)).exclude(content_object__in=items, person__in=people).delete()
    Grants(people, READ).write(items, until, actor, occasion=_key(occasion))
    names = [person.name for person in people]
    audit(actor, "open_items", occasion, items=[item.pk for item in items], persons=names, until=str(until))


@service
def close_items(*, actor: Actor, items: Collection[int], occasion: models.Model) -> int:
    """End what the occasion opened of these items, named by their ids; returns how many grants ended.

    What was given by hand, or is needed for another occasion, is a grant of its own and stays.
    """
    ended, _ = ItemGrant.objects.filter(occasion=_key(occasion), content_object__in=items).delete()
    if ended:
        audit(actor, "close_items", occasion, items=sorted(items), ended=ended)
    else:
        nothing_to_do()
    return ended


def _key(occasion: models.Model) -> str:
    return f"{occasion._meta.label_lower}/{occasion.pk}"
