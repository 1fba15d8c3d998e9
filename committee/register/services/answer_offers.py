"""What the owner of a login says to an offer of another committee, and the taking back of either."""

from committee.register.entering import enter, locked
from committee.register.policies import demand_account_manager, demand_delegator
from committee.register.services.keep_accounts import stop
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import ActingFor, ActingOffer
from common.services import NotAllowed, Refused, service

Outcome = ActingOffer.Outcome


@service
def accept_offer(*, actor: Actor, offer: ActingOffer) -> ActingFor:
    """The login acts for the person from now on. `actor` is its owner, as the person he is offered."""
    offer = _own_open(actor, offer)
    if offer.valid_to and offer.valid_to < clock.today():
        raise Refused("对方写明的止日已经过了，请对方重新提出。")
    if offer.person.merged_into_id:
        raise Refused(f"「{offer.person}」已并入他人，请对方为保留的那一位重新提出。")
    if actor.account is None:
        raise NotAllowed("请账号的使用人本人登录后答复。")
    _close(offer, Outcome.ACCEPTED)
    acting = ActingFor(
        committee=actor.committee,
        account=actor.account,
        person=offer.person,
        kind=offer.kind,
        basis=offer.basis,
        valid_from=clock.today(),
        valid_to=offer.valid_to,
        recorded_at=clock.now(),
    )
    return enter(actor, "accept_offer", acting)


@service
def decline_offer(*, actor: Actor, offer: ActingOffer) -> ActingOffer:
    """The owner does not want it; the committee sees that it was not accepted."""
    offer = _own_open(actor, offer)
    _close(offer, Outcome.DECLINED)
    audit(actor, "decline_offer", offer)
    return offer


@service
def withdraw_offer(*, actor: Actor, offer: ActingOffer) -> ActingOffer:
    """Who may make it takes it back while it waits."""
    offer = _locked(offer)
    if offer.kind == ActingFor.Kind.STAFF:
        demand_delegator(actor, offer.person)
    else:
        demand_account_manager(actor)
    _close(offer, Outcome.WITHDRAWN)
    audit(actor, "withdraw_offer", offer)
    return offer


@service
def give_up_acting(*, actor: Actor, acting: ActingFor) -> ActingFor:
    """The owner of a login acts for a person no longer, at once. His own at home only the administrator ends."""
    acting = locked(acting)
    if actor.account is None or acting.account != actor.account:
        raise NotAllowed("只有账号的使用人本人可以退出。")
    if why := why_not_given_up(acting):
        raise Refused(why)
    return stop(actor, "give_up_acting", acting, "使用人本人退出")


def why_not_given_up(acting: ActingFor) -> str:
    """Everything that the owner once accepted or was entrusted with he may end; not what he is at home."""
    if acting.kind == ActingFor.Kind.SELF and acting.committee_id == acting.account.home_id:
        return "这是您本人在开通账号的党委的身份，停用请系统管理员办理。"
    if acting.voided_at or (acting.valid_to and acting.valid_to < clock.today()):
        return "这个身份已经停用。"
    return ""


def _own_open(actor: Actor, offer: ActingOffer) -> ActingOffer:
    """The offer, locked; it is nobody's to answer but the owner's of the name."""
    offer = _locked(offer)
    if actor.account is None or actor.account.username != offer.username:
        raise NotAllowed("请账号的使用人本人登录后答复。")
    return offer


def _locked(offer: ActingOffer) -> ActingOffer:
    offer = ActingOffer.objects.select_for_update(of=("self",)).select_related("person").get(pk=offer.pk)
    if offer.closed_at:
        raise Refused(f"这一邀请{offer.get_outcome_display()}，不能再答复。")
    return offer


def _close(offer: ActingOffer, outcome: ActingOffer.Outcome) -> None:
    offer.closed_at, offer.outcome = clock.now(), outcome
    offer.save(update_fields=["closed_at", "outcome"])
