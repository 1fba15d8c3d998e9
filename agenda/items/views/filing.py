"""Filing: a new sheet, typing it, its papers, 呈报, a new version, withdrawal."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.items.filing import Filing, examine
from agenda.items.forms import AttachmentForm, ReasonForm, SheetForm, content_of
from agenda.items.models import Attachment, Item, ItemDraft
from agenda.items.policies import may_edit, visible_to
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.remove_attachment import remove_attachment
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.services.start_item import start_item
from agenda.items.services.submit_item import submit_item
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.sheet import Sheet
from agenda.items.workflow import ItemState
from agenda.rules.models import MatterKind
from committee.roles.models import Role
from committee.roles.posts import posts
from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.services import Conflict, NotAllowed, Refused
from common.web.formats import cn_time
from common.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def new_item(request: ActorRequest) -> HttpResponse:
    """Choose the unit (only where there are several) and begin a draft."""
    units = _own_units(request.actor)
    if not units:
        raise NotAllowed("议题由单位的议题联络员或负责人起草。您今天没有登记这样的角色，请与秘书科联系。")
    if request.method == "POST":
        unit = get_object_or_404(Unit, pk=request.POST.get("unit") or 0)
        item = start_item(actor=request.actor, unit=unit)
        return redirect("agenda:item_edit", item.pk)
    return render(request, "agenda/items/new_item.html", {"units": units})


def edit_item(request: ActorRequest, pk: int) -> HttpResponse:
    """The sheet to be typed, its papers, and what is still lacking. Saving without scripts posts here."""
    item = _item(request, pk)
    if not may_edit(request.actor, item):
        raise NotAllowed(may_edit(request.actor, item).sentence)
    draft = ItemDraft.objects.select_related("saved_by").get(item=item)
    if request.method == "POST":
        return _save_and_go_on(request, item)
    sheet = Sheet.from_json(draft.content)
    papers = list(item.attachments.filter(removed_at=None).select_related("file"))
    filing = examine(sheet, {paper.kind for paper in papers}, clock.today())
    form = _sheet_form(request.actor, item, sheet, filing)
    if request.GET.get("check"):
        form = _sheet_form(request.actor, item, sheet, filing, data=_as_data(form))
        form.show_problems(filing.problems)
    context = {
        "item": item,
        "draft": draft,
        "form": form,
        "papers": papers,
        "attachment_form": AttachmentForm(),
        "filing": filing,
        "revising": item.current_version_id is not None and item.state != ItemState.RETURNED,
    }
    return render(request, "agenda/items/edit_item.html", context)


@require_POST
def autosave(request: ActorRequest, pk: int) -> JsonResponse:
    """The sheet as it is typed; of two editors the second is shown both texts (static/autosave.js)."""
    item = _item(request, pk)
    try:
        draft = save_draft(
            actor=request.actor, item=item, content=content_of(request.POST), revision=_revision(request)
        )
    except Conflict as conflict:
        theirs = conflict.theirs
        initial = SheetForm(
            sheet=Sheet.from_json(theirs.content), units=[], all_units=[], matters=[], leaders=[]
        ).initial
        texts = {name: value for name, value in initial.items() if isinstance(value, str)}
        return JsonResponse(
            {
                "who": theirs.saved_by.name,
                "when": cn_time(theirs.saved_at),
                "version": theirs.revision,
                "theirs": texts,
            },
            status=409,
        )
    except Refused as refusal:
        return JsonResponse({"errors": {refusal.field or "title": [refusal.message]}}, status=400)
    return JsonResponse({"saved": cn_time(draft.saved_at), "version": draft.revision})


@require_POST
def add_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Upload a paper."""
    item = _item(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            add_attachment(
                actor=request.actor, item=item, name=upload.name, data=upload.read(), kind=form.cleaned_data["kind"]
            )
            messages.success(request, f"已加入「{upload.name}」。")
        except Refused as refusal:
            messages.error(request, refusal.message)
    else:
        messages.error(request, "请选择要上传的文件。")
    return redirect(f"{reverse('agenda:item_edit', args=[pk])}#papers")


@require_POST
def remove_paper(request: ActorRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a paper out of the draft; filed versions keep it."""
    item = _item(request, pk)
    remove_attachment(actor=request.actor, attachment=get_object_or_404(Attachment, item=item, pk=attachment))
    messages.success(request, "已移出这份附件。")
    return redirect(f"{reverse('agenda:item_edit', args=[pk])}#papers")


def submit(request: ActorRequest, pk: int) -> HttpResponse:
    """呈报, or a new version: first what it means, in words; then it is frozen."""
    item = _item(request, pk)
    draft = ItemDraft.objects.get(item=item)
    papers = list(item.attachments.filter(removed_at=None).select_related("file"))
    filing = examine(Sheet.from_json(draft.content), {paper.kind for paper in papers}, clock.today())
    if filing.problems:
        return redirect(f"{reverse('agenda:item_edit', args=[pk])}?check=1")
    revising = item.state not in (ItemState.DRAFT, ItemState.RETURNED)
    form = ReasonForm(request.POST or None, label="改了什么、为什么改") if revising else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                submit_item(actor=request.actor, item=item, revision=_revision(request))
            else:
                revise_item(
                    actor=request.actor, item=item, reason=form.cleaned_data["reason"], revision=_revision(request)
                )
            messages.success(request, "已呈报，等秘书科受理。")
            return redirect("agenda:item_detail", pk)
        except Refused as refusal:
            messages.error(request, refusal.message)
    sheet = Sheet.from_json(draft.content)
    facts = [
        ("议题", sheet.title),
        ("提报单位", filing.unit.full_name if filing.unit else ""),
        (
            "签批路线",
            f"{filing.route}：{'、'.join(s.get_office_display() for s in filing.route.steps.all())}"
            if filing.route
            else "",
        ),
        ("附件", f"{len(papers)} 份"),
    ]
    sentence = (
        "提交新稿后，已有的签字全部作废，前置程序须由审核人在新稿上确认。"
        if revising
        else "呈报后得到编号，正文和附件定格为一稿；要改须提交新稿。"
    )
    context = {
        "title": "提交新稿" if revising else "呈报议题",
        "sentence": sentence,
        "facts": facts,
        "label": "提交新稿" if revising else "呈报",
        "back": reverse("agenda:item_edit", args=[pk]),
        "kept": [("version", draft.revision)],
        "form": form,
    }
    return render(request, "common/confirm.html", context)


def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Withdraw the item, with a reason."""
    item = _item(request, pk)
    form = ReasonForm(request.POST or None, label="撤回理由")
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_item(actor=request.actor, item=item, reason=form.cleaned_data["reason"])
            messages.success(request, "已撤回。")
            return redirect("agenda:items")
        except Refused as refusal:
            messages.error(request, refusal.message)
    context = {
        "title": "撤回议题",
        "sentence": "撤回后这件议题不再办理，编号保留；需要时重新起草。",
        "facts": [("议题", item.title)],
        "label": "撤回",
        "back": reverse("agenda:item_detail", args=[pk]),
        "form": form,
    }
    return render(request, "common/confirm.html", context)


def _item(request: ActorRequest, pk: int) -> Item:
    return get_object_or_404(visible_to(request.actor).for_list(), pk=pk)


def _revision(request: ActorRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else -1


def _own_units(actor: Actor) -> list[Unit]:
    """Units one may file for; 秘书科 may enter a draft for any."""
    units = Unit.objects.on(clock.today()).in_order()
    if posts(actor).holds(Role.SECRETARIAL_SECTION):
        return list(units)
    return list(units.filter(pk__in=posts(actor).units))


def _sheet_form(
    actor: Actor, item: Item, sheet: Sheet, filing: Filing, data: dict[str, object] | None = None
) -> SheetForm:
    today = clock.today()
    every = list(Unit.objects.on(today).in_order())
    own = {unit.pk for unit in _own_units(actor)} | {item.unit_id}
    return SheetForm(
        data,  # type: ignore[arg-type]
        sheet=sheet,
        units=[unit for unit in every if unit.pk in own],
        all_units=every,
        matters=list(MatterKind.objects.on(today).listed()),
        leaders=filing.leaders,
    )


def _as_data(form: SheetForm) -> dict[str, object]:
    """The draft as if it had been sent, so that problems stand at its fields."""
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, value in form.initial.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value not in (False, None):
            data[name] = "on" if value is True else str(value)
    return data  # type: ignore[return-value]


def _save_and_go_on(request: ActorRequest, item: Item) -> HttpResponse:
    try:
        save_draft(actor=request.actor, item=item, content=content_of(request.POST), revision=_revision(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("agenda:item_edit", item.pk)
    if request.POST.get("then") == "submit":
        return redirect("agenda:item_submit", item.pk)
    messages.success(request, "已保存。")
    return redirect("agenda:item_edit", item.pk)
