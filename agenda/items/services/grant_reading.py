"""Open an item to single readers or to a delegated reviewer, with an end; and end it."""

from collections.abc import Iterable
from datetime import date

from agenda.items.granting import Grants
from agenda.items.models import Item, ItemGrant
from agenda.items.policies import READ, demand, may_delegate_review, may_grant_reading
from agenda.items.services.record_opinion import rule_of
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, nothing_to_do, service


@service
def grant_reading(*, actor: Actor, item: Item, persons: Iterable[Person], until: date) -> list[Person]:
    """Let these persons read the item, its papers and its checks up to and with this day.

    Grants are given to the persons' own logins (guardian), to no delegate's; returns the persons who have none and
    must read on paper.
    """
    item = Item.objects.locked(item)
    demand(may_grant_reading(actor, item))
    return _grant(actor, item, READ, persons, until)


@service
def delegate_review(*, actor: Actor, item: Item, kind: str, person: Person, until: date) -> list[Person]:
    """Let this person conclude one check of this item in the reviewer's place; the record names who concluded."""
    item = Item.objects.locked(item)
    demand(may_delegate_review(actor, item, rule_of(item, kind)))
    if without := _grant(actor, item, f"review_{kind}", [person], until):
        raise Refused(f"{without[0].name}没有登录账号，不能代审。请系统管理员先开通账号。", field="person")
    return []


@service
def end_grant(*, actor: Actor, item: Item, persons: Iterable[Person], permission: str = READ) -> int:
    """Take the grant back from these persons at once, a notice's too; returns how many grants they had."""
    item = Item.objects.locked(item)
    if permission == READ:
        demand(may_grant_reading(actor, item))
    else:
        demand(may_delegate_review(actor, item, rule_of(item, permission.removeprefix("review_"))))
    people = list(persons)
    ended, _ = ItemGrant.objects.filter(
        content_object=item, permission__codename=permission, person__in=people
    ).delete()
    if not ended:
        nothing_to_do()
        return 0
    audit(actor, "end_grant", item, permission=permission, persons=[person.name for person in people])
    return ended


@service
def end_lapsed_grant(*, actor: Actor, grant: ItemGrant) -> None:
    """Remove a grant whose last day is over; it has not counted since (agenda.items.policies).

    Read anew under the item's lock: who has extended it in between keeps it.
    """
    item = Item.objects.locked(grant.content_object)
    lapsed = ItemGrant.objects.filter(pk=grant.pk, until__lt=clock.today()).select_related("permission", "person")
    if (found := lapsed.first()) is None:
        nothing_to_do()
        return
    audit(actor, "end_lapsed_grant", item, permission=found.permission.codename, person=found.person.name)
    found.delete()


def _grant(actor: Actor, item: Item, permission: str, persons: Iterable[Person], until: date) -> list[Person]:
    """A day that is later counts from now on; an earlier one takes nothing back."""
    if until < clock.today():
        raise Refused("授权的截止日不能早于今天。", field="until")
    people = list(persons)
    grants = Grants(people, permission)
    longer = ItemGrant.objects.filter(content_object=item, permission=grants.right, occasion="", until__gte=until)
    grants.write([item], until, actor, but=set(longer.values_list("person_id", flat=True)))
    audit(actor, "grant", item, permission=permission, until=str(until), persons=[person.name for person in people])
    return grants.without_login
