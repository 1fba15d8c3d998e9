"""What the register puts on the page of one's own login: offers of other committees, and the way out of each."""

from dataclasses import dataclass

from django.urls import reverse

from committee.register.services.answer_offers import why_not_given_up
from common import clock
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, ActingOffer
from common.web.slots import fills


@dataclass(frozen=True)
class OwnLogin:
    """`offers`: (the offer, address to accept, address to decline); `ends`: address to give a right up, by its id."""

    offers: list[tuple[ActingOffer, str, str]]
    ends: dict[int, str]


@fills("own_login")
def own_login(actor: Actor, account: Account) -> OwnLogin:
    """Of every committee: the page is the login's, not a committee's."""
    open_ones = ActingOffer.everywhere.filter(username=account.username, closed_at=None)
    standing = ActingFor.everywhere.on(clock.today()).filter(account=account).select_related("account")
    return OwnLogin(
        [
            (
                offer,
                reverse("committee:offer_accept", args=[offer.pk]),
                reverse("committee:offer_decline", args=[offer.pk]),
            )
            for offer in open_ones.select_related("person", "committee", "offered_by").order_by("pk")
        ],
        {
            acting.pk: reverse("committee:acting_give_up", args=[acting.pk])
            for acting in standing
            if not why_not_given_up(acting)
        },
    )
