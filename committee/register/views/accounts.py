"""账号: the logins of the committee's people, for the administrator; and one's own delegations."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from committee.register.forms import (
    AccountFilter,
    AccountForm,
    DelegateForm,
    EndActingForm,
    PasswordForm,
    ShareForm,
)
from committee.register.policies import may_delegate, may_manage_accounts
from committee.register.services.answer_offers import withdraw_offer
from committee.register.services.keep_accounts import (
    delegate_account,
    end_acting,
    open_account,
    share_account,
    why_not_ended,
)
from committee.register.services.keep_passwords import reset_password, unlock_account
from common import clock
from common.identity.models import Account, ActingFor, ActingOffer, Person
from common.web.acts import Question, write_page
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

A_PAGE = 50


def _manager(request: ActorRequest) -> None:
    """To all but administrators the logins do not exist."""
    if not may_manage_accounts(request.actor):
        raise Http404


@require_GET
def accounts(request: ActorRequest) -> HttpResponse:
    """Which login acts for whom today, which is locked, which has not been used yet."""
    _manager(request)
    form = AccountFilter(request.GET)
    found = ActingFor.objects.on(clock.today()).select_related("account", "person")
    if form.is_valid() and (text := form.cleaned_data["q"]):
        found = found.filter(Q(person__name__contains=text) | Q(account__username__contains=text))
    page = Paginator(found.order_by("account__username", "kind", "pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "committee/register/accounts.html",
        {
            "filter": form,
            "page": page,
            "locked": _locked([acting.account.username for acting in page.object_list]),
            "section": section_tabs(ORGANISATION, request.actor),
        },
    )


def open_one(request: ActorRequest, pk: int) -> HttpResponse:
    """A login for a person."""
    _manager(request)
    person = _person(pk)
    return write_page(
        request,
        AccountForm(request.POST or None),
        lambda data: open_account(actor=request.actor, person=person, **data),
        title=f"为{person}开通账号",
        label="开通",
        **_of_person(person),
        done="账号已开通。请把登录名和初始密码当面交给本人。",
    )


def share(request: ActorRequest, pk: int) -> HttpResponse:
    """The login that the same human has in another committee."""
    _manager(request)
    person = _person(pk)
    return write_page(
        request,
        ShareForm(request.POST or None),
        lambda data: share_account(actor=request.actor, person=person, username=data["username"]),
        title=f"{person}用已有的账号",
        label="对上账号",
        note="本人在别的党委已有账号的，一个账号两边用，不必再开；要等本人登录后同意。",
        **_of_person(person),
        done=_attached,
        ask=lambda data: Question(
            f"登录名「{data['username']}」的使用人，从此也以{person}本人的身份办理本党委的事。请确认是同一个人。"
        ),
    )


def delegate(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody's login acts for a person."""
    person = _person(pk)
    if not may_delegate(request.actor, person):
        raise Http404
    return write_page(
        request,
        DelegateForm(request.POST or None),
        lambda data: delegate_account(
            actor=request.actor,
            person=person,
            username=data["username"],
            basis=data["basis"],
            valid_to=data["valid_to"],
        ),
        title=f"委托他人代{person}办理",
        label="委托",
        note="代办的每一步都记着是谁代谁；签字、表决仍由本人。",
        **_of_person(person),
        done=_attached,
        ask=lambda data: Question(
            f"登录名「{data['username']}」的使用人从今天起可以代{person}办理。",
            [("依据和范围", data["basis"]), ("到", data["valid_to"] or "长期，可随时停用")],
        ),
    )


def end(request: ActorRequest, pk: int) -> HttpResponse:
    """A login acts for a person no longer."""
    acting = get_object_or_404(ActingFor.objects.select_related("account", "person"), pk=pk)
    if not may_delegate(request.actor, acting.person):
        raise Http404
    return write_page(
        request,
        EndActingForm(request.POST or None),
        lambda data: end_acting(actor=request.actor, acting=acting, reason=data["reason"]),
        title=f"停用{acting.account.username}（{acting.person}）",
        label="停用",
        note=acting.get_kind_display(),
        why_not=why_not_ended(request.actor, acting),
        **_of_person(acting.person),
        done="已停用。",
        ask=lambda data: Question(
            f"登录名「{acting.account.username}」立即不能再以{acting.person}的身份办理。", [("理由", data["reason"])]
        ),
    )


def password(request: ActorRequest, pk: int) -> HttpResponse:
    """A new password for a login."""
    _manager(request)
    account = _of_committee(request, pk)
    return write_page(
        request,
        PasswordForm(request.POST or None),
        lambda data: reset_password(actor=request.actor, account=account, password=data["password"]),
        title=f"重设{account.username}的密码",
        label="重设密码",
        note=f"使用人：{account.label}。原密码立即失效。",
        back=reverse("committee:accounts"),
        crumbs=[("账号", reverse("committee:accounts"))],
        done="密码已重设。请当面交给本人。",
    )


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an offer back that its owner has not answered."""
    offer = get_object_or_404(ActingOffer.objects.select_related("person"), pk=pk)
    if not may_delegate(request.actor, offer.person):
        raise Http404
    withdraw_offer(actor=request.actor, offer=offer)
    messages.success(request, f"已撤回对「{offer.username}」的邀请。")
    return redirect(_of_person(offer.person)["back"])


@require_POST
def unlock(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget the wrong passwords of a login."""
    _manager(request)
    account = _of_committee(request, pk)
    unlock_account(actor=request.actor, account=account)
    messages.success(request, f"「{account.username}」已解锁。")
    return redirect("committee:accounts")


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.current(), pk=pk)


def _attached(made: ActingFor | ActingOffer) -> str:
    """At once, or when the owner agrees; of a name that nobody has the same is said."""
    if isinstance(made, ActingFor):
        return f"已登记：登录名「{made.account.username}」从现在起可以代表{made.person}。"
    return (
        f"「{made.username}」不是本党委开通的登录名。请告知使用人：登录后在右上角「换人办理」里同意，才能代表"
        f"{made.person}。一直没有答复的，请核对登录名。"
    )


def _of_committee(request: ActorRequest, pk: int) -> Account:
    """A login that was opened here, or acts for somebody here."""
    here = Q(home=request.actor.committee) | Q(pk__in=ActingFor.objects.on(clock.today()).values("account"))
    return get_object_or_404(Account, here, pk=pk)


def _of_person(person: Person) -> dict[str, Any]:
    page = reverse("committee:person", args=[person.pk])
    back = f"{page}?tab=logins"
    return {"back": back, "crumbs": [("人员", reverse("committee:people")), (person.name, back)]}


def _locked(usernames: list[str]) -> set[str]:
    """Logins that too many wrong passwords hold shut at this moment: django-axes stamps them by the machine's clock."""
    attempts = AccessAttempt.objects.filter(
        username__in=usernames,
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=clock.machine_now() - timedelta(hours=settings.AXES_COOLOFF_TIME),
    )
    return set(attempts.values_list("username", flat=True))
