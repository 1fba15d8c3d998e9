"""Changing a plan and cancelling a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agenda.meetings.forms import ChangeForm, ReasonForm
from agenda.meetings.marks import meeting_mark
from agenda.meetings.policies import demand_office
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.views.lists import people_to_choose, refused_at
from agenda.meetings.views.page import meeting_or_404
from agenda.meetings.workflow import MeetingState
from common import clock
from common.clock import SHANGHAI
from common.services import Conflict, Refused
from common.web.formats import cn_datetime
from common.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Time, place, chair; after a notice the page then asks for a further one."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    starts_at = meeting.starts_at.astimezone(SHANGHAI)
    initial = {
        "seen": meeting_mark(meeting),
        "kind": meeting.kind,
        "day": starts_at.date(),
        "time": starts_at.time(),
        "place": meeting.place,
        "chair": meeting.chair_id,
        "recorder": meeting.recorder_id,
        "remark": meeting.remark,
    }
    form = ChangeForm(request.POST or None, initial=initial, **people_to_choose(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_meeting(actor=request.actor, meeting=meeting, **form.values())
        except Refused as refusal:
            refused_at(form, refusal)
            if isinstance(refusal, Conflict):
                form.now_seen(meeting_mark(refusal.theirs))
        else:
            told = changed.state == MeetingState.NOTIFIED
            messages.success(request, "已修改。通知已经发出过，请再发一次通知。" if told else "已修改。")
            return redirect("agenda:meeting_detail", pk)
    return render(request, "agenda/meetings/meeting_plan.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """A page that repeats what will be undone, and asks why."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(actor=request.actor, meeting=meeting, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{meeting}已取消，次数作废，议题回到待上会。")
            return redirect("agenda:meeting_detail", pk)
    entries = meeting.entries.on_agenda()
    told = meeting.state == MeetingState.NOTIFIED
    return render(
        request,
        "common/confirm.html",
        {
            "title": f"取消{meeting}",
            "sentence": "取消以后不能恢复。次数作废，不再给别的会议；已列入的议题回到待上会。"
            + ("通知已经发出：收到的人由程序发邮件告知，没有邮箱的请打电话告知。" if told else ""),
            "facts": [
                ("时间", cn_datetime(meeting.starts_at, clock.today())),
                ("议程", "；".join(entry.title for entry in entries) or "还没有议程"),
            ],
            "label": "取消会议",
            "back": reverse("agenda:meeting_detail", args=[pk]),
            "kept": [],
            "form": form,
        },
    )
