"""The owner of a login answers an offer, or gives up what he accepted: from 换人办理, whoever he acts for now."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from committee.register.services.answer_offers import accept_offer, decline_offer, give_up_acting, why_not_given_up
from common.identity.actor import Actor
from common.identity.models import ActingFor, ActingOffer
from common.tenancy.scope import committee_scope
from common.web.acts import write_page
from common.web.address import client_address
from common.web.request import ActorRequest

PAGE = "common:choose_person"


@require_POST
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    """Yes: from now on the login acts for this person, too."""
    offer = _offer(request, pk)
    with committee_scope(offer.committee_id):
        accept_offer(actor=_as(request, offer), offer=offer)
    messages.success(request, f"已同意。从现在起，您可以换成{offer.committee}的{offer.person}办理。")
    return redirect(PAGE)


@require_POST
def decline(request: ActorRequest, pk: int) -> HttpResponse:
    """No."""
    offer = _offer(request, pk)
    with committee_scope(offer.committee_id):
        decline_offer(actor=_as(request, offer), offer=offer)
    messages.success(request, "已答复：不同意。")
    return redirect(PAGE)


def give_up(request: ActorRequest, pk: int) -> HttpResponse:
    """No longer; asked once more, since only the other side can give it again."""
    found = ActingFor.everywhere.filter(account=request.user).select_related("person", "committee", "account")
    acting = found.filter(pk=pk).first()
    if acting is None:
        raise Http404
    page = reverse(PAGE)
    with committee_scope(acting.committee_id):
        return write_page(
            request,
            forms.Form(request.POST if request.method == "POST" else None),
            lambda _: give_up_acting(actor=_as(request, acting), acting=acting),
            title=f"不再以{acting.committee}的{acting.person}的身份办理",
            label="退出",
            note="退出立即生效；要恢复，须对方重新提出。",
            why_not=why_not_given_up(acting),
            back=page,
            crumbs=[("换人办理", page)],
            done=f"您不再以{acting.committee}的{acting.person}的身份办理。",
        )


def _offer(request: ActorRequest, pk: int) -> ActingOffer:
    """An offer to this login; those to others do not exist for it."""
    found = ActingOffer.everywhere.filter(username=request.user.username).select_related("person", "committee")
    offer = found.filter(pk=pk).first()
    if offer is None:
        raise Http404
    return offer


def _as(request: ActorRequest, row: ActingFor | ActingOffer) -> Actor:
    """The owner as whom the row speaks of, in its committee, so that its log tells."""
    return Actor(
        committee=row.committee,
        person=row.person,
        account=request.user,
        by_staff=row.kind == ActingFor.Kind.STAFF,
        source=f"网页 {client_address(request)}",
    )
