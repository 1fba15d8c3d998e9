"""An entry in the middle of the console: begin, record, ask, put off, hear."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from common.web.acts import tried
from common.web.request import ActorRequest
from decisions.console.answers import Panel, Said, carry_out, entry_or_404, number, show
from decisions.console.forms import CorrectNoteForm, DeferForm, NoteForm, OpinionForm, QuestionForm
from decisions.hall.models import DueMember, EntryNote
from decisions.hall.policies import may_keep_hall
from decisions.hall.services.correct_note import correct_note
from decisions.hall.services.keep_opinion import keep_opinion
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.pass_rest import pass_rest
from decisions.hall.services.state_view import state_view
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.votes.models import Question
from decisions.votes.services.add_question import add_question
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.drop_question import drop_question
from decisions.votes.services.lift_recusal import lift_recusal
from decisions.votes.services.pause_entry import pause_entry
from decisions.votes.services.restore_question import restore_question


@require_POST
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """开始审议."""
    entry = entry_or_404(request, pk)
    return carry_out(
        request,
        entry.meeting,
        lambda: begin_entry(actor=request.actor, entry=entry),
        lambda _: Said(f"开始审议「{entry}」", reverse("decisions:entry_pause", args=[pk])),
        chosen=pk,
    )


@require_POST
def pause(request: ActorRequest, pk: int) -> HttpResponse:
    """放回未议."""
    entry = entry_or_404(request, pk)
    return carry_out(
        request,
        entry.meeting,
        lambda: pause_entry(actor=request.actor, entry=entry),
        lambda _: Said(f"「{entry}」已放回未议"),
        chosen=pk,
    )


@require_POST
def hear(request: ActorRequest, pk: int) -> HttpResponse:
    """听取完毕; the next entry comes into the middle."""
    entry = entry_or_404(request, pk)
    return carry_out(
        request,
        entry.meeting,
        lambda: hear_entry(actor=request.actor, entry=entry),
        lambda _: Said(f"「{entry}」已听取"),
    )


@require_http_methods(["GET", "POST"])
def defer(request: ActorRequest, pk: int) -> HttpResponse:
    """缓议: why, and who does what."""
    entry = entry_or_404(request, pk)
    form = DeferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: defer_entry(actor=request.actor, entry=entry, **given)):
            return show(request, entry.meeting, said=Said(f"「{entry}」缓议，议题回到待上会"))
    status = 422 if form.errors else 200
    return show(request, entry.meeting, chosen=pk, panel=Panel("decisions/console/_defer.html", form), status=status)


@require_POST
def note(request: ActorRequest, pk: int) -> HttpResponse:
    """One more line of the record."""
    entry = entry_or_404(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, entry.meeting, chosen=pk, refusal="请写明内容，再记下。")
    given = form.cleaned_data
    return carry_out(
        request,
        entry.meeting,
        lambda: note_entry(actor=request.actor, entry=entry, person=_speaker(entry, given["speaker"]), **given),
        lambda _: None,
        chosen=pk,
    )


@require_POST
def state(request: ActorRequest, pk: int) -> HttpResponse:
    """逐一表态: one member's stance."""
    entry = entry_or_404(request, pk)
    person = get_object_or_404(Person, pk=number(request.POST.get("person")) or 0)
    stance, text = request.POST.get("stance", ""), request.POST.get("text", "")[:4000]
    return carry_out(
        request,
        entry.meeting,
        lambda: state_view(actor=request.actor, entry=entry, person=person, stance=stance, text=text),
        lambda _: None,
        chosen=pk,
    )


@require_POST
def pass_others(request: ActorRequest, pk: int) -> HttpResponse:
    """其余没有意见."""
    entry = entry_or_404(request, pk)
    return carry_out(
        request,
        entry.meeting,
        lambda: pass_rest(actor=request.actor, entry=entry),
        lambda notes: Said(f"其余 {len(notes)} 人没有意见"),
        chosen=pk,
    )


@require_http_methods(["GET", "POST"])
def opinion(request: ActorRequest, pk: int) -> HttpResponse:
    """保留意见 of who is there, 书面意见 of who is not."""
    entry = entry_or_404(request, pk)
    due = DueMember.objects.filter(sitting__meeting=entry.meeting).select_related("person")
    people = {one.person_id: one.person for one in due}
    form = OpinionForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"person": people[form.cleaned_data["person"]]}
        made: list[EntryNote] = []
        if tried(form, lambda: made.append(keep_opinion(actor=request.actor, entry=entry, **given))):
            said = Said(f"已记下{made[0].speaker}的{made[0].get_kind_display()}")
            return show(request, entry.meeting, chosen=pk, said=said)
    panel = Panel("decisions/console/_opinion.html", form)
    return show(request, entry.meeting, chosen=pk, panel=panel, status=422 if form.errors else 200)


def _speaker(entry: AgendaEntry, name: str) -> Person | None:
    """A member who is due, by his whole name; anybody else stays as it was typed."""
    found = DueMember.objects.filter(sitting__meeting=entry.meeting, name=name).select_related("person")
    return found[0].person if len(found) == 1 else None


def _note_or_404(request: ActorRequest, pk: int) -> EntryNote:
    if not may_keep_hall(request.actor):
        raise Http404
    return get_object_or_404(EntryNote.objects.select_related("entry", "person"), pk=pk)


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """A line that was wrong is corrected by a further one."""
    line = _note_or_404(request, pk)
    entry = entry_or_404(request, line.entry_id)
    form = CorrectNoteForm(request.POST or None, initial={"text": line.text})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: correct_note(actor=request.actor, note=line, **given)):
            return show(request, entry.meeting, chosen=entry.pk, said=Said("已更正，原来的一行还在记录里"))
    panel = Panel("decisions/console/_correct_note.html", form, line)
    return show(request, entry.meeting, chosen=entry.pk, panel=panel, status=422 if form.errors else 200)


@require_POST
def lift(request: ActorRequest, pk: int) -> HttpResponse:
    """A recusal that was entered wrongly."""
    line = _note_or_404(request, pk)
    entry = entry_or_404(request, line.entry_id)
    name = line.person.name if line.person else ""
    return carry_out(
        request,
        entry.meeting,
        lambda: lift_recusal(actor=request.actor, note=line),
        lambda _: Said(f"{name}不回避本项"),
        chosen=entry.pk,
    )


@require_POST
def ask(request: ActorRequest, pk: int) -> HttpResponse:
    """A further 议决事项."""
    entry = entry_or_404(request, pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show(request, entry.meeting, chosen=pk, refusal="请写明议决事项，再增加。")
    return carry_out(
        request,
        entry.meeting,
        lambda: add_question(actor=request.actor, entry=entry, text=form.cleaned_data["text"]),
        lambda question: Said("已增加议决事项", reverse("decisions:question_drop", args=[question.pk])),
        chosen=pk,
    )


@require_POST
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """撤下一个议决事项."""
    question = get_object_or_404(Question, pk=pk)
    entry = entry_or_404(request, question.entry_id)
    return carry_out(
        request,
        entry.meeting,
        lambda: drop_question(actor=request.actor, question=question),
        lambda _: Said("已撤下这一事项", reverse("decisions:question_restore", args=[pk])),
        chosen=entry.pk,
    )


@require_POST
def restore(request: ActorRequest, pk: int) -> HttpResponse:
    """Put it back."""
    question = get_object_or_404(Question, pk=pk)
    entry = entry_or_404(request, question.entry_id)
    return carry_out(
        request,
        entry.meeting,
        lambda: restore_question(actor=request.actor, question=question),
        lambda _: Said("已恢复这一事项"),
        chosen=entry.pk,
    )
