"""Opens logins, lets a login act for another person, ends both; answer_offers.py is the owner's part."""

from datetime import date, timedelta

from committee.register.entering import check, end, enter, locked, void
from committee.register.passwords import set_password
from committee.register.policies import demand_account_manager, demand_delegator
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, ActingOffer, Person
from common.services import Refused, service


@service
def open_account(
    *, actor: Actor, person: Person, username: str, password: str, must_change_password: bool = True
) -> Account:
    """Give a person a login; the password that the administrator knows must be changed at the first use."""
    demand_account_manager(actor)
    if person.merged_into_id:
        raise Refused(f"「{person}」已并入他人，请为保留的那一位开通。")
    own = ActingFor.objects.on(clock.today()).filter(person=person, kind=ActingFor.Kind.SELF).select_related("account")
    if standing := own.first():
        raise Refused(f"「{person}」已有登录名「{standing.account.username}」，不必再开。")
    if Account.objects.filter(username=username).exists():
        raise Refused(f"登录名「{username}」已有人使用，请换一个。", field="username")
    account = Account(
        username=username,
        label=person.name,
        home=actor.committee,
        created_at=clock.now(),
        must_change_password=must_change_password,
    )
    set_password(account, password)
    check(account)
    account.save()
    audit(actor, "open_account", person, username=username)
    share_account(actor=actor, person=person, username=username)
    return account


@service
def share_account(*, actor: Actor, person: Person, username: str) -> ActingFor | ActingOffer:
    """A login acts for a person as the person's own: one opened here, or the same human's of another committee."""
    demand_account_manager(actor)
    return _attach(actor, "share_account", person, username, ActingFor.Kind.SELF)


@service
def delegate_account(
    *, actor: Actor, person: Person, username: str, basis: str, valid_to: date | None = None
) -> ActingFor | ActingOffer:
    """Let a login act for a person from today: 受托代办, shown on everything it does (M15)."""
    demand_delegator(actor, person)
    if not basis.strip():
        raise Refused("请写明委托的依据和范围，如「本人2026年11月10日书面委托，代填议题」。", field="basis")
    if valid_to and valid_to < clock.today():
        raise Refused("委托的止日不能早于今天。", field="valid_to")
    return _attach(actor, "delegate_account", person, username, ActingFor.Kind.STAFF, basis.strip(), valid_to)


def _attach(
    actor: Actor, verb: str, person: Person, username: str, kind: str, basis: str = "", valid_to: date | None = None
) -> ActingFor | ActingOffer:
    """At once where the login was opened here; any other name becomes an offer that its owner answers.

    Whether there is a login of that name elsewhere changes nothing, so nobody can try names.
    """
    username = username.strip()
    account = Account.objects.filter(username=username, home=actor.committee, is_active=True).first()
    given = {"committee": actor.committee, "person": person, "kind": kind, "basis": basis, "valid_to": valid_to}
    if account is None:
        offer = ActingOffer(username=username, offered_at=clock.now(), offered_by=actor.person, **given)
        return enter(actor, "offer_account", offer)
    acting = ActingFor(account=account, valid_from=clock.today(), recorded_at=clock.now(), **given)
    return enter(actor, verb, acting)


@service
def end_acting(*, actor: Actor, acting: ActingFor, reason: str) -> ActingFor:
    """A login acts for a person no longer, from this moment: what began today is voided, the rest ended yesterday."""
    acting = locked(acting)
    if acting.kind == ActingFor.Kind.STAFF:
        demand_delegator(actor, acting.person)
    else:
        demand_account_manager(actor)
    if not reason.strip():
        raise Refused("请写明停用的理由。", field="reason")
    if why := why_not_ended(actor, acting):
        raise Refused(why)
    return stop(actor, "end_acting", acting, reason.strip())


def why_not_ended(actor: Actor, acting: ActingFor) -> str:
    """Why this login cannot be ended now, for the page and the service; empty where it can."""
    if acting.person == actor.person and acting.account == actor.account:
        return "不能停用自己正在使用的账号，请另一位系统管理员办理。"
    if acting.voided_at or (acting.valid_to and acting.valid_to < clock.today()):
        return "这个账号已经停用。"
    return ""


def stop(actor: Actor, verb: str, acting: ActingFor, reason: str) -> ActingFor:
    """From this moment a locked right holds no longer: one of today is voided, the rest ended yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    if acting.valid_from > yesterday:
        return void(actor, verb, acting, reason)
    audit(actor, f"{verb}_because", acting, reason=reason)
    return end(actor, verb, acting, yesterday)
