"""Adds, corrects and merges people; gives them logins."""

from typing import Any

from committee.register.policies import demand_keeper, may_manage_accounts
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, Person
from common.services import NotAllowed, Refused, nothing_to_do, service

PERSON_FIELDS = ("name", "gender", "ethnicity", "post_title", "rank_order", "phone", "email")


@service
def add_person(*, actor: Actor, name: str, **fields: Any) -> Person:
    """Enter a person. Names are not unique: the page shows namesakes first, a duplicate is merged later."""
    demand_keeper(actor)
    person = Person(committee=actor.committee, name=_name(name), **_known(fields))
    person.full_clean(exclude=["committee"])
    person.save()
    audit(actor, "add_person", person)
    return person


@service
def correct_person(*, actor: Actor, person: Person, **fields: Any) -> Person:
    """Correct what is known of a person; records keep the name as it was."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    demand_keeper(actor)
    if "name" in fields:
        fields["name"] = _name(fields["name"])
    before = {field: getattr(person, field) for field in _known(fields)}
    changed = {field: value for field, value in _known(fields).items() if value != before[field]}
    if not changed:
        nothing_to_do()
        return person
    for field, value in changed.items():
        setattr(person, field, value)
    person.full_clean(exclude=["committee"])
    person.save(update_fields=list(changed))
    audit(actor, "correct_person", person, before={field: before[field] for field in changed}, after=changed)
    return person


@service
def merge_person(*, actor: Actor, duplicate: Person, into: Person) -> Person:
    """Point a duplicate at the person who stays; nothing that was recorded is rewritten."""
    locked = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")}
    duplicate, into = locked[duplicate.pk], locked[into.pk]
    demand_keeper(actor)
    if duplicate.pk == into.pk:
        raise Refused("不能把一个人并入其本人。")
    if into.merged_into_id:
        raise Refused(f"「{into.name}」已并入他人，请选择保留的那一位。")
    if duplicate.seats.exists() and into.seats.exists():
        raise Refused("两位都有席位，合并后同一人会占两个席位。请先核对席位，作废其中录错的一个。")
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    audit(actor, "merge_person", duplicate, into=into.pk)
    return into


@service
def open_account(*, actor: Actor, person: Person, username: str, password: str, staff_of: bool = False) -> Account:
    """Give a person a login, or let an existing login act for the person too (staff_of, rules.md M15)."""
    if not may_manage_accounts(actor):
        raise NotAllowed("登录账号由系统管理员办理。")
    account = Account.objects.filter(username=username).first()
    if account and not staff_of:
        raise Refused(f"登录名「{username}」已有人使用，请换一个。", field="username")
    if account is None:
        account = Account.objects.create_user(
            username, password, label=person.name, created_at=clock.now(), must_change_password=False
        )
    ActingFor.objects.create(
        committee=actor.committee,
        account=account,
        person=person,
        kind=ActingFor.Kind.STAFF if staff_of else ActingFor.Kind.SELF,
        valid_from=clock.today(),
        recorded_at=clock.now(),
    )
    audit(actor, "open_account", person, username=username, staff_of=staff_of)
    return account


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - set(PERSON_FIELDS):
        raise TypeError(f"a person has no {sorted(unknown)}")
    return fields


def _name(text: str) -> str:
    """Names are kept without the spaces that offices pad them with (唐　砺)."""
    name = "".join(text.split())
    if not name:
        raise Refused("姓名不能为空。", field="name")
    return name
