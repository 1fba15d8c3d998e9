"""Review, send back, sign, correct: each shows first, in words, what it will do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common import clock
from common.identity.actor import Actor
from common.services import Refused
from common.web.request import ActorRequest
from common.workflow import demand_open
from decisions.minutes.forms import ReasonForm
from decisions.minutes.frozen import frozen_text
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.notices import planned_notices
from decisions.minutes.policies import demand_drafter, demand_reopener, demand_reviewer, demand_signer
from decisions.minutes.records import units_on
from decisions.minutes.services.correct_minutes import correct_minutes, demand_correctable
from decisions.minutes.services.reopen_minutes import reopen_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.sign_minutes import minutes_series, next_number, sign_minutes
from decisions.minutes.services.submit_minutes import lacking
from decisions.minutes.settling import matters_of, reworded
from decisions.minutes.text import MinutesText
from decisions.minutes.views.page import minutes_or_404

Act = Callable[[Actor, Minutes, str, int | None], Minutes]


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, pk: int) -> HttpResponse:
    """The whole text, what was changed against the signed one where it is a correction, and the one button."""
    minutes = minutes_or_404(request, pk)
    demand_reviewer(request.actor)
    demand_open(minutes, "review")
    if request.method == "POST":
        try:
            review_minutes(actor=request.actor, minutes=minutes, revision=_revision(request))
            messages.success(request, "已审核，等主持人签发。")
            return redirect("decisions:minutes_detail", pk)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("decisions:minutes_review", pk)
    draft = MinutesDraft.objects.select_related("saved_by").get(minutes=minutes)
    text = MinutesText.from_json(draft.content)
    before = frozen_text(minutes.supersedes) if minutes.supersedes else None
    context = {
        "minutes": minutes,
        "draft": draft,
        "text": text,
        "lacking": lacking(minutes, draft),
        "old": plain(before) if before else "",
        "new": plain(text) if before else "",
    }
    return render(request, "decisions/minutes/minutes_review.html", context)


@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest, pk: int) -> HttpResponse:
    """签发, after its meaning was repeated in words."""
    minutes = minutes_or_404(request, pk)
    demand_signer(request.actor, minutes)
    demand_open(minutes, "sign")
    draft = MinutesDraft.objects.get(minutes=minutes)
    text = MinutesText.from_json(draft.content)
    before = frozen_text(minutes.supersedes) if minutes.supersedes else None
    plans = planned_notices(text, before, units_on(minutes.meeting))
    year = clock.today().year
    units = "、".join(dict.fromkeys(plan.unit.short_name for plan in plans))
    facts = [
        ("纪要", text.mark),
        ("会议", f"{text.title}，{text.held_at}"),
        ("下一个号", f"〔{year}〕{next_number(minutes_series(minutes.meeting), year)}号"),
        ("审核", minutes.checked_by.name if minutes.checked_by else ""),
        ("内容", "；".join(heading for heading, _ in text.chapters)),
        ("通知单", f"{len(plans)} 份，发{units}" if plans else "没有要发的通知单"),
    ]
    if changed := reworded(text, matters_of(text)):
        headings = "；".join(section.heading for section in changed)
        facts.append(("改写决定", f"{headings}：文字或分工与会上所记不同，签发时一并更正决定"))
    if minutes.supersedes:
        facts.insert(2, ("取代", f"{minutes.supersedes.number}（{minutes.correction_reason}）"))
    return _confirm(
        request,
        minutes,
        lambda actor, row, reason, revision: sign_minutes(actor=actor, minutes=row, revision=revision),
        title=f"签发{minutes}",
        sentence="签发后，编号和正文在此刻定格，不能再改；通知单同时编号印发。发现有误的，只能另行签发更正的纪要。",
        facts=facts,
        label="签发",
        done="已签发，正在印制。",
        kept=[("version", draft.revision)],
    )


@require_http_methods(["GET", "POST"])
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """退回修改, with what is to be changed."""
    minutes = minutes_or_404(request, pk)
    demand_reopener(request.actor, minutes)
    demand_open(minutes, "reopen")
    return _confirm(
        request,
        minutes,
        lambda actor, row, reason, _: reopen_minutes(actor=actor, minutes=row, reason=reason),
        title=f"退回修改：{minutes}",
        sentence="退回后由秘书科修改，改好须重新审核。",
        label="退回修改",
        done="已退回秘书科修改。",
        form=ReasonForm(request.POST or None, label="要改什么"),
    )


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin a correction of a signed 纪要; where none can be begun, why."""
    minutes = minutes_or_404(request, pk)
    demand_drafter(request.actor)
    demand_correctable(minutes)
    return _confirm(
        request,
        minutes,
        lambda actor, row, reason, _: correct_minutes(actor=actor, minutes=row, reason=reason),
        title=f"更正{minutes}{minutes.number or ''}",
        sentence="将以已签发的文本起草一份更正的纪要，另行审核、签发和编号。签发之前，原纪要照常有效；签发之后，原纪要"
        "标为已被取代，编号和正文仍可查阅。",
        label="起草更正",
        done="已起草更正的纪要，请修改。",
        form=ReasonForm(request.POST or None, label="何处有误、因何更正"),
        to="decisions:minutes_edit",
    )


def _confirm(
    request: ActorRequest,
    minutes: Minutes,
    act: Act,
    *,
    done: str,
    form: forms.Form | None = None,
    to: str = "decisions:minutes_detail",
    **page: Any,
) -> HttpResponse:
    """The page that repeats it in words; then the one service. A refusal stands at the form, nothing typed is lost."""
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            reason = form.cleaned_data["reason"] if form else ""
            row = act(request.actor, minutes, reason, _revision(request))
        except Refused as refusal:
            status = 409
            if form:
                form.add_error(None, refusal.message)
            else:
                messages.error(request, refusal.message)
        else:
            messages.success(request, done)
            return redirect(to, row.pk)
    back = reverse("decisions:minutes_detail", args=[minutes.pk])
    return render(request, "common/confirm.html", {"facts": [], "form": form, "back": back, **page}, status=status)


def plain(text: MinutesText) -> str:
    """The whole text as lines, for the difference between two."""
    lines = list(text.opening)
    for heading, section in text.chapters:
        lines += [heading, *section.paragraphs]
    lines += [*text.closing, *(f"{label}：{'、'.join(names)}" for label, names in text.rolls if label != "签发")]
    return "\n".join([*lines, f"分送：{text.sent_to}"])


def _revision(request: ActorRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else -1
