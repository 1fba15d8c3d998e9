"""The office's and 书记's acts on an item: accepting, returning, urgency."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.items.forms import ReasonForm
from agenda.items.models import Item
from agenda.items.policies import demand, may_approve_urgent, may_send_back, may_submit
from agenda.items.services.accept_item import accept_item
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.ask_urgent import ask_urgent
from agenda.items.services.send_back import send_back
from agenda.items.standing import standing_of
from agenda.items.urgency import request_of
from agenda.items.views.file import item_or_404
from common.services import NotAllowed, Refused
from common.web.acts import tried
from common.web.request import ActorRequest


@require_POST
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    """受理; what stands against it is said on the item's page."""
    item = item_or_404(request, pk)
    try:
        item = accept_item(actor=request.actor, item=item)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已受理，现在是「{item.get_state_display()}」。")
    return redirect("agenda:item_detail", pk)


@require_http_methods(["GET", "POST"])
def return_item(request: ActorRequest, pk: int) -> HttpResponse:
    """退回修改, with a reason."""
    item = item_or_404(request, pk)
    demand(may_send_back(request.actor, item, standing_of(item)))
    return _with_reason(
        request,
        item,
        lambda reason: send_back(actor=request.actor, item=item, reason=reason),
        title="退回修改",
        sentence=f"退回后由{item.unit.short_name}修改并重新呈报；这一稿上的签字作废，前置程序须重新确认。",
        ask="退回理由",
        help="写明改什么、怎么改",
        done=f"已退回{item.unit.short_name}修改。",
    )


@require_http_methods(["GET", "POST"])
def ask_for_urgency(request: ActorRequest, pk: int) -> HttpResponse:
    """The unit asks for the urgent way."""
    item = item_or_404(request, pk)
    demand(may_submit(request.actor, item))
    return _with_reason(
        request,
        item,
        lambda reason: ask_urgent(actor=request.actor, item=item, reason=reason),
        title="申请急件",
        sentence="过了呈报截止日的议题，由书记批准为急件后才能受理。",
        ask="急件理由",
        help="写明为什么等不到下次会议",
        done="已申请急件，等书记批准。",
    )


@require_http_methods(["GET", "POST"])
def approve_urgency(request: ActorRequest, pk: int) -> HttpResponse:
    """书记 approves the urgent way."""
    item = item_or_404(request, pk)
    demand(may_approve_urgent(request.actor))
    if request.method == "POST":
        approve_urgent(actor=request.actor, item=item, digest=request.POST.get("digest", ""))
        messages.success(request, "已批准为急件，秘书科可以受理。")
        return redirect("agenda:item_detail", pk)
    asked = request_of(item)
    if asked is None:
        raise Refused(f"「{item}」没有待批准的急件申请。急件由{item.unit.short_name}写明理由后提出。")
    context = {
        "title": "批准急件",
        "sentence": "批准后秘书科即可受理，前置程序和签批一样不少。",
        "facts": [
            ("议题", f"{item.title}（{item.version}）"),
            ("提报单位", item.unit.full_name),
            ("理由", asked.reason),
            ("申请人", asked.asked_by),
        ],
        "label": "批准急件",
        "back": reverse("agenda:item_detail", args=[pk]),
        "kept": [("digest", item.version.digest)],
    }
    return render(request, "common/confirm.html", context)


def _with_reason(
    request: ActorRequest,
    item: Item,
    act: Callable[[str], Any],
    *,
    title: str,
    sentence: str,
    ask: str,
    help: str,
    done: str,
) -> HttpResponse:
    form = ReasonForm(request.POST or None, label=ask, help=help)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: act(form.cleaned_data["reason"])):
        messages.success(request, done)
        return redirect("agenda:item_detail", item.pk)
    context = {
        "title": title,
        "sentence": sentence,
        "facts": [("议题", item.title), ("提报单位", item.unit.full_name), ("现在", item.get_state_display())],
        "label": title,
        "back": reverse("agenda:item_detail", args=[item.pk]),
        "form": form,
    }
    return render(request, "common/confirm.html", context)
