"""The page of a 纪要: text from the frozen bytes, papers, who did what, the archive sheet."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.documents.models import RenderedDocument
from common.identity.actor import Actor
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest
from common.web.slots import Link
from decisions.minutes.frozen import MINUTES_KIND, format_words, frozen_text
from decisions.minutes.models import DecisionNotice, Minutes, MinutesChange, MinutesDraft
from decisions.minutes.policies import (
    may_draft,
    may_inspect,
    may_reopen,
    may_review,
    notices_visible_to,
    signer_words,
    signs,
    visible_to,
)
from decisions.minutes.text import MinutesText
from decisions.minutes.views.listing import TONES
from decisions.minutes.workflow import EDITABLE, FROZEN, WORKFLOW, MinutesState

WAY = (("submit", "送审"), ("review", "审核"), ("sign", "签发"))


@dataclass
class Shown:
    """A 纪要 as one person sees it: what it says, what may be done, how it came about."""

    minutes: Minutes
    text: MinutesText
    main: Link | None = None
    others: list[Link] = field(default_factory=list)
    way: list[dict[str, Any]] = field(default_factory=list)

    @property
    def frozen(self) -> bool:
        return self.minutes.state in FROZEN

    @property
    def tone(self) -> str:
        return TONES[MinutesState(self.minutes.state)]


def minutes_or_404(request: ActorRequest, pk: int) -> Minutes:
    """What one may not see is not there."""
    rows = visible_to(request.actor).with_names(clock.today()).select_related("record", "document", "meeting__recorder")
    return get_object_or_404(rows, pk=pk)


def shown_to(actor: Actor, minutes: Minutes) -> Shown:
    """The signed text from its bytes, a draft as it stands."""
    if minutes.state in FROZEN:
        text = frozen_text(minutes)
    else:
        text = MinutesText.from_json(MinutesDraft.objects.get(minutes=minutes).content)
    links = _links(actor, minutes)
    main = next((link for link in links if link.primary), None)
    return Shown(minutes, text, main, [link for link in links if link is not main], _way(minutes))


@require_GET
def minutes_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The text as a sheet; beside it papers, notices, the way it went, and corrections."""
    minutes = minutes_or_404(request, pk)
    context = {
        "shown": shown_to(request.actor, minutes),
        "minutes": minutes,
        "chain": _chain(request.actor, minutes),
        **_papers(request.actor, minutes),
    }
    return render(request, "decisions/minutes/minutes_detail.html", context)


@require_GET
def papers(request: ActorRequest, pk: int) -> HttpResponse:
    """The list of papers alone: the page asks again while one is being made."""
    minutes = minutes_or_404(request, pk)
    return render(request, "decisions/minutes/_papers.html", {"minutes": minutes, **_papers(request.actor, minutes)})


@require_http_methods(["GET", "POST"])
def minutes_paper(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The PDF made from the sealed bytes; POST begins a failed one anew."""
    minutes = get_object_or_404(visible_to(request.actor).frozen().select_related("record", "document"), pk=pk)
    return paper_answer(
        request,
        kind=MINUTES_KIND,
        payload=bytes(minutes.record.payload),
        name=minutes.document.name,
        back=reverse("decisions:minutes_detail", args=[pk]),
    )


@require_GET
def minutes_archive(request: ActorRequest, pk: int) -> HttpResponse:
    """存证: digests, chain numbers and every step, kept off the paper."""
    minutes = minutes_or_404(request, pk)
    if not may_inspect(request.actor) or minutes.record is None:
        raise Http404
    changes = MinutesChange.objects.filter(subject=minutes).select_related("person")
    context = {
        "minutes": minutes,
        "format": format_words(minutes.record.schema),
        "steps": [(change, WORKFLOW.by_verb(change.verb).label) for change in changes],
        "notices": DecisionNotice.objects.filter(minutes=minutes).for_list().select_related("record"),
    }
    return render(request, "decisions/minutes/minutes_archive.html", context)


def _papers(actor: Actor, minutes: Minutes) -> dict[str, Any]:
    """The PDF and the notices, and whether one of them is still being made."""
    if minutes.state not in FROZEN:
        return {"notices": [], "making": False}
    notices = list(notices_visible_to(actor).filter(minutes=minutes).for_list())
    documents = [minutes.document, *(notice.document for notice in notices)]
    return {"notices": notices, "making": any(d.state == RenderedDocument.State.QUEUED for d in documents)}


def _links(actor: Actor, minutes: Minutes) -> list[Link]:
    """What this person may do now; the first that is primary is the page's main action."""
    here = [minutes.pk]
    links = []
    if minutes.state in EDITABLE and may_draft(actor):
        handed_in = minutes.state == MinutesState.SUBMITTED
        if may_review(actor):
            links.append(Link("审核", reverse("decisions:minutes_review", args=here), primary=handed_in))
        links.append(Link("接着写", reverse("decisions:minutes_edit", args=here), primary=not handed_in))
    if minutes.state == MinutesState.CHECKED and signs(actor, minutes):
        links.append(Link("签发", reverse("decisions:minutes_sign", args=here), primary=True))
    if minutes.state in (MinutesState.SUBMITTED, MinutesState.CHECKED) and may_reopen(actor, minutes):
        links.append(Link("退回修改", reverse("decisions:minutes_reopen", args=here)))
    if minutes.state in FROZEN:
        links.append(Link("打开 PDF", reverse("decisions:minutes_paper", args=here), primary=True))
    if minutes.state == MinutesState.SIGNED and may_draft(actor):
        links.append(Link("更正纪要", reverse("decisions:minutes_correct", args=here)))
    if minutes.state in FROZEN and may_inspect(actor):
        links.append(Link("存证", reverse("decisions:minutes_archive", args=here)))
    return links


def _way(minutes: Minutes) -> list[dict[str, Any]]:
    """起草 → 送审 → 审核 → 签发, with who and when; the last time each was done counts."""
    done = {change.verb: change for change in MinutesChange.objects.filter(subject=minutes).order_by("pk")}
    back = done.get("reopen")
    steps = [{"state": "done", "what": "起草", "who": "秘书科", "when": minutes.created_at}]
    waiting = False
    for verb, label in WAY:
        change = done.get(verb)
        if change and back and change.pk < back.pk:
            change = None
        if change:
            steps.append({"state": "done", "what": label, "who": change.actor_name, "when": change.at})
        elif not (verb == "submit" and "review" in done and minutes.checked_by_id):
            who = {"submit": "秘书科", "review": "区委办主任", "sign": signer_words(minutes)}[verb]
            steps.append({"state": "waiting" if waiting else "now", "what": label, "who": who})
            waiting = True
    if back and not minutes.checked_by_id:
        steps[0]["note"] = f"{back.actor_name}退回：{back.reason}"
    return steps


def _chain(actor: Actor, minutes: Minutes) -> list[Minutes]:
    """The 纪要 of this meeting that this person may see, in the order in which they took each other's place."""
    rows = visible_to(actor).filter(meeting=minutes.meeting_id).select_related("number").order_by("pk")
    chain = list(rows)
    for row in chain:
        row.tone = TONES[MinutesState(row.state)]
    return chain if len(chain) > 1 else []
