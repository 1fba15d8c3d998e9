"""Deciding on an item: accepting, checking, confirming, waiving, signing, returning, urgency, reading grants."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agenda.items.forms import CheckForm, GrantForm, PaperSignForm, ReasonForm, SignForm
from agenda.items.gates import DETAILS, PAPERS
from agenda.items.models import Item, ItemGrant, Signature
from agenda.items.policies import READ, may_grant_reading, visible_to
from agenda.items.services.accept_item import accept_item
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.ask_urgent import ask_urgent
from agenda.items.services.confirm_opinion import confirm_opinion
from agenda.items.services.enter_paper_signature import enter_paper_signature
from agenda.items.services.grant_reading import end_grant, grant_reading
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.send_back import send_back
from agenda.items.services.sign_item import sign_item
from agenda.items.services.waive_check import waive_check
from agenda.items.sheet import difference
from agenda.items.standing import CheckLine, Standing, standing_of
from common import clock
from common.identity.models import ActingFor, Person
from common.services import NotAllowed, Refused
from common.web.request import ActorRequest


def _item(request: ActorRequest, pk: int) -> Item:
    return get_object_or_404(visible_to(request.actor).for_list(), pk=pk)


def _done(request: ActorRequest, item: Item, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("agenda:item_detail", item.pk)


def _tried(request: ActorRequest, form: Form, act: Callable[[], object]) -> bool:
    """Carry out one service; a refusal stands at the form and nothing typed is lost."""
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


@require_POST
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    """受理."""
    item = _item(request, pk)
    try:
        accept_item(actor=request.actor, item=item)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("agenda:item_detail", pk)
    return _done(request, item, "已受理，前置程序开始办理。")


def check(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """A reviewer's conclusion with its file (五不上会)."""
    item = _item(request, pk)
    line = _check_line(standing_of(item), kind)
    form = CheckForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        earlier=line.opinion or line.earlier,
        digest=item.current_version.digest,
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        papers = {
            paper.key: [(upload.name, upload.read())]
            for paper in PAPERS[kind]
            if (upload := data.get(f"papers.{paper.key}"))
        }
        if _tried(
            request,
            form,
            lambda: record_opinion(
                actor=request.actor,
                item=item,
                kind=kind,
                conclusion=data["conclusion"],
                digest=data["digest"],
                summary=data["summary"],
                details={detail.key: data[f"details.{detail.key}"] for detail in DETAILS[kind]},
                papers=papers,
                measures_confirmed=data.get("measures_confirmed", False),
                done_on=data["done_on"],
            ),
        ):
            return _done(request, item, f"{line.label}的结论已记录。")
    return render(request, "agenda/items/check.html", {"item": item, "line": line, "form": form})


def confirm(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Carry an earlier conclusion over to the new version, with what changed before one's eyes."""
    item = _item(request, pk)
    line = _check_line(standing_of(item), kind)
    if line.earlier is None:
        raise Http404
    form = SignForm(request.POST or None, initial={"digest": item.current_version.digest})
    form.fields["opinion"].label = "说明"
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _tried(
            request,
            form,
            lambda: confirm_opinion(
                actor=request.actor, item=item, kind=kind, digest=data["digest"], note=data["opinion"]
            ),
        ):
            return _done(request, item, f"已在{item.current_version}上确认{line.label}的结论。")
    changes = difference(line.earlier.version.content, item.current_version.content)
    return render(
        request, "agenda/items/confirm_check.html", {"item": item, "line": line, "form": form, "changes": changes}
    )


def waive(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """不适用, by 区委办主任 with a reason."""
    item = _item(request, pk)
    line = _check_line(standing_of(item), kind)
    return _with_reason(
        request,
        item,
        lambda reason: waive_check(
            actor=request.actor, item=item, kind=kind, digest=request.POST.get("digest", ""), reason=reason
        ),
        title=f"{line.label}不适用",
        sentence=f"只对{item.current_version}有效；提交新稿后须重新说明。",
        label="说明不适用",
        done=f"已记录{line.label}不适用。",
        kept=[("digest", item.current_version.digest)],
    )


def sign(request: ActorRequest, pk: int) -> HttpResponse:
    """The page of a signature: the text, what was said before, 同意 or 退回."""
    item = _item(request, pk)
    standing = standing_of(item)
    if standing.version is None or standing.turn is None:
        raise Http404
    form = SignForm(request.POST or None, initial={"digest": standing.version.digest})
    if request.method == "POST" and form.is_valid():
        verdict = Signature.Verdict.RETURN if "return" in request.POST else Signature.Verdict.APPROVE
        if _tried(
            request,
            form,
            lambda: sign_item(
                actor=request.actor,
                item=item,
                digest=form.cleaned_data["digest"],
                verdict=verdict,
                opinion=form.cleaned_data["opinion"],
            ),
        ):
            words = "已退回提报单位修改。" if verdict == Signature.Verdict.RETURN else "已签批。"
            return _done(request, item, words)
    words = standing.version.content["words"]
    context = {
        "item": item,
        "standing": standing,
        "form": form,
        "words": words,
        "matters": words.get("matters", "").splitlines(),
        "papers": standing.version.content["attachments"],
    }
    return render(request, "agenda/items/sign.html", context)


def paper_signature(request: ActorRequest, pk: int) -> HttpResponse:
    """秘书科 enters a signature made on paper, with its scan."""
    item = _item(request, pk)
    standing = standing_of(item)
    if standing.version is None or standing.turn is None:
        raise Http404
    people = [person for person in (standing.turn.person, standing.turn.backup) if person]
    form = PaperSignForm(
        request.POST or None, request.FILES or None, people=people, initial={"digest": standing.version.digest}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        signer = next(person for person in people if str(person.pk) == data["signer"])
        if _tried(
            request,
            form,
            lambda: enter_paper_signature(
                actor=request.actor,
                item=item,
                digest=data["digest"],
                signer=signer,
                scan=(data["scan"].name, data["scan"].read()),
                verdict=data["verdict"],
                opinion=data["opinion"],
            ),
        ):
            return _done(request, item, f"已补录{signer.name}的纸质签批。")
    return render(request, "agenda/items/paper_signature.html", {"item": item, "standing": standing, "form": form})


def return_item(request: ActorRequest, pk: int) -> HttpResponse:
    """退回修改, with a reason."""
    item = _item(request, pk)
    return _with_reason(
        request,
        item,
        lambda reason: send_back(actor=request.actor, item=item, reason=reason),
        title="退回修改",
        sentence="退回后由提报单位修改并重新呈报；已有的签字作废。",
        label="退回修改",
        done="已退回修改。",
    )


def ask_for_urgency(request: ActorRequest, pk: int) -> HttpResponse:
    """The unit asks for the urgent way."""
    item = _item(request, pk)
    return _with_reason(
        request,
        item,
        lambda reason: ask_urgent(actor=request.actor, item=item, reason=reason),
        title="申请急件",
        sentence="过了呈报截止日的议题，由书记批准为急件后才能受理。",
        label="申请急件",
        done="已申请，等书记批准。",
    )


def approve_urgency(request: ActorRequest, pk: int) -> HttpResponse:
    """书记 approves the urgent way."""
    item = _item(request, pk)
    asked = item.urgent_requests.select_related("asked_by").last()
    if request.method == "POST":
        try:
            approve_urgent(actor=request.actor, item=item)
            return _done(request, item, "已批准为急件。")
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, refusal.message)
    context = {
        "title": "批准急件",
        "sentence": "批准后秘书科即可受理，前置程序和签批一样不少。",
        "facts": [("议题", item.title), ("理由", asked.reason if asked else "（没有申请）")],
        "label": "批准急件",
        "back": reverse("agenda:item_detail", args=[pk]),
    }
    return render(request, "common/confirm.html", context)


def grants(request: ActorRequest, pk: int) -> HttpResponse:
    """Who may read this item besides, until when."""
    item = _item(request, pk)
    answer = may_grant_reading(request.actor, item)
    if not answer:
        raise NotAllowed(answer.sentence)
    today = clock.today()
    form = GrantForm(request.POST or None, people=Person.objects.current().by_post(), until=today + timedelta(days=30))
    if request.method == "POST" and request.POST.get("end"):
        person = get_object_or_404(Person, pk=request.POST["end"])
        end_grant(actor=request.actor, item=item, persons=[person])
        return redirect("agenda:item_grants", pk)
    if request.method == "POST" and form.is_valid():
        person = get_object_or_404(Person, pk=form.cleaned_data["person"])
        if _tried(
            request,
            form,
            lambda: _give(request, item, person, form.cleaned_data["until"]),
        ):
            return redirect("agenda:item_grants", pk)
    given = list(ItemGrant.objects.filter(content_object=item, permission__codename=READ).select_related("user"))
    people = {
        acting.account_id: acting.person
        for acting in ActingFor.objects.on(today)
        .filter(account__in=[grant.user_id for grant in given], kind=ActingFor.Kind.SELF)
        .select_related("person")
    }
    rows = [(people.get(grant.user_id), grant) for grant in given]
    return render(request, "agenda/items/grants.html", {"item": item, "form": form, "rows": rows})


def _give(request: ActorRequest, item: Item, person: Person, until: object) -> None:
    without = grant_reading(actor=request.actor, item=item, persons=[person], until=until)  # type: ignore[arg-type]
    if without:
        raise Refused(f"{person.name}没有登录账号，请先由系统管理员开通，或者送阅纸质件。", field="person")
    messages.success(request, f"{person.name}现在可以查阅。")


def _with_reason(
    request: ActorRequest,
    item: Item,
    act: Callable[[str], object],
    *,
    title: str,
    sentence: str,
    label: str,
    done: str,
    kept: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tried(request, form, lambda: act(form.cleaned_data["reason"])):
        return _done(request, item, done)
    context = {
        "title": title,
        "sentence": sentence,
        "facts": [("议题", item.title), ("提报单位", item.unit.full_name)],
        "label": label,
        "back": reverse("agenda:item_detail", args=[item.pk]),
        "form": form,
        "kept": kept or [],
    }
    return render(request, "common/confirm.html", context)


def _check_line(standing: Standing, kind: str) -> CheckLine:
    line = standing.check(kind)
    if line is None:
        raise Http404
    return line
