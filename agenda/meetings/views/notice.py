"""The notice: checked and sent by the office, opened and answered by whoever it went to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.meetings.forms import ReplyForm, TelephoneReplyForm
from agenda.meetings.letters import letters_about
from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient, Reply
from agenda.meetings.notice_content import content_digest, differences, draft_notice, frozen, open_points
from agenda.meetings.policies import demand_office, may_rule_leave, may_run
from agenda.meetings.programme import load_programme
from agenda.meetings.questions import deadlines_for
from agenda.meetings.reach import without_login
from agenda.meetings.replies import replies_to
from agenda.meetings.services.open_notice import open_notice
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from agenda.meetings.services.send_notice import send_notice
from agenda.meetings.sight import sight_of
from agenda.meetings.views.page import agenda_of, cancellation_of, meeting_or_404
from agenda.meetings.workflow import MeetingState
from common import clock
from common.identity.models import Person
from common.mail.send import retry_letter
from common.services import Refused
from common.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything the notice will say, to whom and by which way; what is sent is exactly what was shown."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    if request.method == "POST":
        try:
            notice = send_notice(actor=request.actor, meeting=meeting, seen=request.POST.get("seen"))
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("agenda:notice_confirm", pk)
        messages.success(request, f"通知已发出，共 {len(notice.content['recipients'])} 人。")
        return redirect("agenda:meeting_detail", pk)
    programme = load_programme(meeting)
    draft = draft_notice(programme)
    content = frozen(draft, request.actor)
    last = MeetingNotice.objects.filter(meeting=meeting).last()
    people = [one.person for one in draft.recipients]
    unreached = without_login(people)
    context = {
        "meeting": meeting,
        "programme": programme,
        "draft": draft,
        "called_in": [one.person for one in draft.recipients if one.capacity == NoticeRecipient.Capacity.ATTENDANT],
        "points": open_points(draft, deadlines_for(meeting.day), clock.now(), clock.today()),
        "last": last,
        "changed": differences(last.content, content) if last else [],
        "seen": content_digest(content),
        "without_login": unreached,
        "reached": len(people) - len(unreached),
        "by_mail": sum(1 for person in people if person.email),
    }
    return render(request, "agenda/meetings/notice_confirm.html", context)


@require_GET
def mine(request: ActorRequest, pk: int) -> HttpResponse:
    """The notice as its recipient reads it, with the answer; opening it is noted."""
    meeting = meeting_or_404(request, pk)
    return _my_notice(request, meeting, ReplyForm(initial={"answer": Reply.Answer.LEAVE}))


@require_POST
def reply(request: ActorRequest, pk: int) -> HttpResponse:
    """参会 or 请假, one's own."""
    meeting = meeting_or_404(request, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            given = reply_to_notice(actor=request.actor, meeting=meeting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            leave = given.answer == Reply.Answer.LEAVE
            messages.success(request, "已请假，待书记批准。" if leave else "已答复参会。")
            return redirect("agenda:meeting_notice", pk)
    return _my_notice(request, meeting, form)


def _my_notice(request: ActorRequest, meeting: Meeting, form: ReplyForm) -> HttpResponse:
    actor = request.actor
    notices = list(MeetingNotice.objects.filter(meeting=meeting))
    answer = replies_to(meeting, notices).of(actor.person.pk)
    if answer is None:
        raise Http404("this person was not told")
    open_notice(actor=actor, notice=notices[-1])
    programme = load_programme(meeting)
    sight = sight_of(actor, programme)
    context = {
        "meeting": meeting,
        "notice": notices[-1],
        "answer": answer,
        "form": form,
        "agenda": agenda_of(actor, programme, sight, editable=False),
        "whole": sight.whole,
        "open": meeting.state == MeetingState.NOTIFIED,
        "cancelled": cancellation_of(meeting),
    }
    return render(request, "agenda/meetings/notice_mine.html", context)


@require_http_methods(["GET", "POST"])
def replies(request: ActorRequest, pk: int) -> HttpResponse:
    """Everybody's answer; the office enters telephone replies, 书记 rules on leave."""
    meeting = meeting_or_404(request, pk)
    actor = request.actor
    if not (may_run(actor) or may_rule_leave(actor)):
        raise Http404("only the office and 书记")
    notices = list(MeetingNotice.objects.filter(meeting=meeting))
    answers = replies_to(meeting, notices)
    people = Person.objects.filter(pk__in=[answer.recipient.person_id for answer in answers.answers]).by_post()
    form = TelephoneReplyForm(request.POST or None, people=people) if may_run(actor) else None
    if form and request.method == "POST" and form.is_valid():
        try:
            reply_to_notice(actor=actor, meeting=meeting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已登记{form.cleaned_data['person'].name}的电话答复。")
            return redirect("agenda:meeting_replies", pk)
    about = letters_about(meeting, notices[-1]) if notices and may_run(actor) else []
    letters = {letter.person_id: letter for letter in about}
    context = {
        "meeting": meeting,
        "notice": notices[-1] if notices else None,
        "replies": answers,
        "form": form,
        "rules": may_rule_leave(actor) and not actor.by_staff,
        "table": [(answer, letters.get(answer.recipient.person_id)) for answer in answers.answers],
        "mailed": bool(letters),
        "without_login": without_login([answer.recipient.person for answer in answers.answers]),
        "open": meeting.state == MeetingState.NOTIFIED,
    }
    return render(request, "agenda/meetings/replies.html", context)


@require_POST
def rule(request: ActorRequest, pk: int, reply: int) -> HttpResponse:
    """书记's word on a leave."""
    meeting = meeting_or_404(request, pk)
    found = get_object_or_404(Reply.objects.select_related("person"), pk=reply, meeting=meeting)
    approved = request.POST.get("approved") == "yes"
    rule_leave(actor=request.actor, reply=found, approved=approved)
    messages.success(request, f"已{'同意' if approved else '不同意'}{found.person.name}请假。")
    return redirect("agenda:meeting_replies", pk)


@require_POST
def send_again(request: ActorRequest, pk: int, letter: int) -> HttpResponse:
    """An e-mail of this meeting's notice or cancellation once more, under the same Message-ID."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    notice = get_object_or_404(MeetingNotice.objects.filter(meeting=meeting).order_by("-no")[:1])
    found = get_object_or_404(letters_about(meeting, notice), pk=letter)
    retry_letter(actor=request.actor, letter=found, allowed=may_run(request.actor))
    messages.success(request, f"已重发给{found.person.name}。")
    return redirect("agenda:meeting_replies", pk)
