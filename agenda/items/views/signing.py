"""Signatures on pages: at one glance what is signed; on paper, entered with the scan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agenda.items.forms import PaperSignForm, SignForm
from agenda.items.lines import SignLine
from agenda.items.models import Conclusion, Item, Signature
from agenda.items.policies import demand, may_enter_paper
from agenda.items.services.enter_paper_signature import enter_paper_signature
from agenda.items.services.sign_item import demand_turn, sign_item
from agenda.items.sheet import difference
from agenda.items.shown import show_item
from agenda.items.views.file import item_or_404, sheet_content
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed, demand_in_person
from common.web.acts import tried
from common.web.formats import local_day
from common.web.request import ActorRequest

# Passing conclusions that a signer should say yes to with open eyes.
WITH_RISK = (Conclusion.MIDDLE, Conclusion.EXPLORATORY)


@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest, pk: int) -> HttpResponse:
    """The page of a signature: what is decided, who signed before, 同意 or 退回, then the whole text."""
    item = item_or_404(request, pk)
    digest = item.version.digest if item.current_version else ""
    _, turn = demand_turn(item, digest)
    _demand_own_turn(request.actor, turn)
    form = SignForm(request.POST or None, initial={"digest": digest})
    if request.method == "POST":
        if form.is_valid() and _signed(request, item, form):
            return _done(request, item, "return" in request.POST)
        form.now_on(digest)
    shown = show_item(request.actor, item)
    seen = _seen_before(request.actor, item)
    context = {
        "item": item,
        "shown": shown,
        "turn": turn,
        "form": form,
        "seen": seen,
        "changes": difference(seen.version.content, item.version.content) if seen else [],
        "ask": _risk_sentence(shown.standing.checks),
        **sheet_content(item.version),
    }
    return render(request, "agenda/items/sign.html", context)


@require_http_methods(["GET", "POST"])
def paper_signature(request: ActorRequest, pk: int) -> HttpResponse:
    """秘书科 enters a signature made on paper, with its scan."""
    item = item_or_404(request, pk)
    demand(may_enter_paper(request.actor))
    digest = item.version.digest if item.current_version else ""
    _, turn = demand_turn(item, digest)
    people = _may_have_signed(item, turn)
    form = PaperSignForm(request.POST or None, request.FILES or None, people=people, initial={"digest": digest})
    if request.method == "POST":
        if form.is_valid():
            data = form.cleaned_data
            signer = next(person for person in people if str(person.pk) == data["signer"])
            given: dict[str, Any] = {name: data[name] for name in ("digest", "verdict", "opinion", "signed_on")}
            scan = (data["scan"].name, data["scan"].read())
            if tried(
                form,
                lambda: enter_paper_signature(actor=request.actor, item=item, signer=signer, scan=scan, **given),
            ):
                messages.success(request, f"已补录{signer.name}的纸质签批。")
                return redirect("agenda:item_detail", pk)
        form.now_on(digest)
    return render(request, "agenda/items/paper_signature.html", {"item": item, "turn": turn, "form": form})


def _may_have_signed(item: Item, turn: SignLine) -> list[Person]:
    """Who holds the office today, and who held it when the version was filed; the day on the paper decides."""
    _, then = demand_turn(item, item.version.digest, local_day(item.version.submitted_at))
    return list(dict.fromkeys(one for line in (turn, then) for one in (line.person, line.backup) if one))


def _demand_own_turn(actor: Actor, turn: SignLine) -> None:
    """Said before anything is typed; the service asks again."""
    if actor.person not in (turn.person, turn.backup):
        raise NotAllowed(f"{turn.sentence}这一步不由您签批。")
    demand_in_person(actor, "签批")


def _signed(request: ActorRequest, item: Item, form: SignForm) -> bool:
    verdict = Signature.Verdict.RETURN if "return" in request.POST else Signature.Verdict.APPROVE
    given = {"digest": form.cleaned_data["digest"], "opinion": form.cleaned_data["opinion"]}
    return tried(form, lambda: sign_item(actor=request.actor, item=item, verdict=verdict, **given))


def _done(request: ActorRequest, item: Item, returned: bool) -> HttpResponse:
    messages.success(request, f"已退回{item.unit.short_name}修改。" if returned else "已签批，同意。")
    return redirect("agenda:item_detail", item.pk)


def _seen_before(actor: Actor, item: Item) -> Signature | None:
    """The last signature of this person on an earlier version: the page shows what has changed since."""
    earlier = item.signatures.filter(signer=actor.person).exclude(version=item.current_version)
    return earlier.select_related("version").order_by("pk").last()


def _risk_sentence(checks: Any) -> str:
    """Asked before 同意 only where a check passed with a risk."""
    risks = [
        f"{check.label}结论为「{check.opinion.get_conclusion_display()}」"
        for check in checks
        if check.opinion and check.opinion.conclusion in WITH_RISK
    ]
    return f"{'，'.join(risks)}。您已知悉并同意上会吗？" if risks else ""
