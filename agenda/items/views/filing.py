"""Filing: a new sheet, typing it, its papers, 呈报, a new version, withdrawal."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.items.binding import content_digest
from agenda.items.deadlines import legal_review_time
from agenda.items.filing import possible_leaders
from agenda.items.forms import ReasonForm
from agenda.items.models import Attachment, Item, ItemDraft
from agenda.items.offices import Office, Offices
from agenda.items.policies import demand, may_edit, may_submit, may_withdraw
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.remove_attachment import remove_attachment
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import demand_editable, save_draft
from agenda.items.services.start_item import start_item
from agenda.items.services.submit_item import submit_item
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.sheet import Sheet, difference
from agenda.items.sheet_form import AttachmentForm, content_of, typed
from agenda.items.views.file import item_or_404
from agenda.items.views.sheet_page import Working, own_units, papers_part, sheet_page, side_of, working_on
from agenda.rules.models import DECIDING, CheckKind, CheckRule, rules_on
from committee.roles.posts import head_on
from committee.units.models import Unit
from common import clock
from common.services import Conflict, NotAllowed, Refused
from common.web.acts import tried
from common.web.formats import cn_time
from common.web.request import ActorRequest
from common.web.wording import said


@require_http_methods(["GET", "POST"])
def new_item(request: ActorRequest) -> HttpResponse:
    """Choose the unit (only where there are several) and begin a draft with what is known already."""
    units = own_units(request.actor)
    if not units:
        raise NotAllowed("议题由单位的议题联络员或负责人起草。您今天没有登记这样的角色，请与秘书科联系。")
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.pk) == request.POST.get("unit")), None)
        if unit is None:
            raise Refused("请从列出的单位中选择提报单位，别的单位的议题由它自己起草。")
        item = start_item(actor=request.actor, unit=unit, content=_known(unit))
        return redirect("agenda:item_edit", item.pk)
    return render(request, "agenda/items/new_item.html", {"units": units} | _to_have_ready())


@require_http_methods(["GET", "POST"])
def edit_item(request: ActorRequest, pk: int) -> HttpResponse:
    """The sheet to be typed, its papers, and what is still lacking. Saving without scripts posts here."""
    item = item_or_404(request, pk)
    demand(may_edit(request.actor, item))
    demand_editable(item)
    if request.method == "POST":
        return _save_and_go_on(request, item)
    if request.GET.get("part") == "side":
        return side_of(request, item)
    working = working_on(item)
    return sheet_page(request, working, problems=working.filing.problems if request.GET.get("check") else None)


@require_POST
def autosave(request: ActorRequest, pk: int) -> JsonResponse:
    """The sheet as it is typed; of two editors the second is shown both texts (static/autosave.js)."""
    item = item_or_404(request, pk)
    try:
        draft = save_draft(
            actor=request.actor, item=item, content=content_of(request.POST), revision=_revision(request)
        )
    except Conflict as conflict:
        theirs: ItemDraft = conflict.theirs
        answer = {
            "who": request.actor.first_editor(theirs.saved_by),
            "when": cn_time(theirs.saved_at),
            "version": theirs.revision,
            "theirs": typed(Sheet.from_json(theirs.content)),
        }
        return JsonResponse(answer, status=409)
    except Refused as refusal:
        return JsonResponse({"errors": {refusal.field or "title": [refusal.message]}}, status=400)
    return JsonResponse({"saved": cn_time(draft.saved_at), "version": draft.revision})


@require_POST
def add_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Upload papers of one kind; what is refused is said at the file, the others stay."""
    item = item_or_404(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        kind, uploads = form.cleaned_data["kind"], form.cleaned_data["file"]
        done = [
            f"「{upload.name}」"
            for upload in uploads
            if tried(
                form,
                partial(
                    add_attachment, actor=request.actor, item=item, name=upload.name, data=upload.read(), kind=kind
                ),
            )
        ]
        if done and not request.headers.get("HX-Request"):
            messages.success(request, f"已加入{'、'.join(done)}。")
    if request.headers.get("HX-Request"):
        return papers_part(request, item, form if form.errors else None)
    for bound in form:
        for sentence in said(bound):
            messages.error(request, sentence)
    return redirect(f"{reverse('agenda:item_edit', args=[pk])}#papers")


@require_POST
def remove_paper(request: ActorRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a paper out of the draft; filed versions keep it."""
    item = item_or_404(request, pk)
    paper = get_object_or_404(Attachment.objects.select_related("file"), item=item, pk=attachment)
    remove_attachment(actor=request.actor, attachment=paper)
    if request.headers.get("HX-Request"):
        return papers_part(request, item)
    messages.success(request, f"已移出「{paper.file.name}」。")
    return redirect(f"{reverse('agenda:item_edit', args=[pk])}#papers")


@require_http_methods(["GET", "POST"])
def submit(request: ActorRequest, pk: int) -> HttpResponse:
    """呈报, or a new version: first what it means, in words; then it is frozen."""
    item = item_or_404(request, pk)
    demand(may_submit(request.actor, item))
    demand_editable(item)
    working = working_on(item)
    if working.filing.problems:
        return redirect(f"{reverse('agenda:item_edit', args=[pk])}?check=1")
    form = ReasonForm(request.POST or None, label="改了什么、为什么改") if working.revising else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _file(request, item, form)
        except Conflict as conflict:
            messages.error(request, conflict.message)
            return redirect("agenda:item_submit", pk)
        messages.success(request, "新稿已提交，等秘书科受理。" if working.revising else "已呈报，等秘书科受理。")
        return redirect("agenda:item_detail", pk)
    return render(request, "agenda/items/submit.html", _to_confirm(working) | {"form": form})


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Withdraw the item, with a reason."""
    item = item_or_404(request, pk)
    demand(may_withdraw(request.actor, item))
    form = ReasonForm(request.POST or None, label="撤回理由")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: withdraw_item(actor=request.actor, item=item, reason=reason)):
            messages.success(request, f"已撤回「{item}」。")
            return redirect("agenda:items")
    context = {
        "title": "撤回议题",
        "sentence": "撤回后这件议题不再办理，编号保留；以后需要时重新起草。",
        "facts": [("议题", str(item)), ("现在", item.get_state_display())],
        "label": "撤回",
        "back": reverse("agenda:item_detail", args=[item.pk]),
        "form": form,
    }
    return render(request, "common/confirm.html", context)


def _known(unit: Unit) -> dict[str, Any]:
    """What the district knows of a new sheet: the leader where there is one only, the head as presenter."""
    today = clock.today()
    leaders, head, rules = possible_leaders(unit.pk, today), head_on(unit.pk, today), rules_on(today)
    return {
        "leader": leaders[0].pk if len(leaders) == 1 else None,
        "presenter": head.name if head else "",
        "minutes": rules.report_minutes if rules else None,
    }


def _to_have_ready() -> dict[str, Any]:
    """What today's rules ask of a filing besides the text."""
    rules = rules_on(clock.today())
    routes = rules.routes.exclude(required_attachment="") if rules else ()
    return {
        "minutes": rules.report_minutes if rules else 0,
        "wanted": [(route.name, Attachment.Kind(route.required_attachment).label) for route in routes],
    }


def _revision(request: ActorRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1


def _save_and_go_on(request: ActorRequest, item: Item) -> HttpResponse:
    """Nothing typed is lost: what cannot be saved comes back in the form."""
    content = content_of(request.POST)
    try:
        save_draft(actor=request.actor, item=item, content=content, revision=_revision(request))
    except Conflict as conflict:
        return sheet_page(request, working_on(item, content), data=request.POST, theirs=conflict.theirs)
    except Refused as refusal:
        problems = {refusal.field or "title": refusal.message}
        return sheet_page(request, working_on(item, content), data=request.POST, problems=problems)
    if request.POST.get("then") == "submit":
        return redirect("agenda:item_submit", item.pk)
    messages.success(request, "已保存。")
    return redirect("agenda:item_edit", item.pk)


def _file(request: ActorRequest, item: Item, form: ReasonForm | None) -> None:
    if form is None:
        submit_item(actor=request.actor, item=item, seen=request.POST.get("seen", ""))
    else:
        revise_item(
            actor=request.actor, item=item, reason=form.cleaned_data["reason"], seen=request.POST.get("seen", "")
        )


def _time_of(rule: CheckRule) -> str:
    """How long a check takes at least if its item is filed today."""
    legal = rule.check_kind == CheckKind.LEGAL
    return legal_review_time(rule.rule_set, clock.today(), clock.today()) if legal else ""


def _to_confirm(working: Working) -> dict[str, Any]:
    """What is filed, by which way it will go; for a new version what it changes and what it makes void."""
    item, filing, content = working.item, working.filing, working.content
    steps = list(filing.route.steps.select_related("unit")) if filing.route else []
    offices = Offices(clock.today(), item, (), steps)
    leader = next((person for person in filing.leaders if person.pk == working.sheet.leader), None)
    needed = CheckRule.objects.filter(rule_set=filing.rules, matter_kind=filing.matter)
    checks = [
        (rule.get_check_kind_display(), _time_of(rule)) for rule in needed.select_related("rule_set").order_by("pk")
    ]
    return {
        "item": item,
        "working": working,
        "seen": content_digest(content),
        "words": content["words"],
        "matters": working.sheet.matters,
        "papers": content["attachments"],
        "checks": checks if working.sheet.handling in DECIDING else [],
        "steps": [
            (step.label, leader if step.office == Office.LEADER_IN_CHARGE else offices.signer(step)) for step in steps
        ],
        "changes": difference(item.version.content, content) if working.revising else [],
    }
