"""The page on which a 呈报单 is typed: its form, its papers, and at its side what is still lacking until when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from agenda.items.deadlines import coming_meeting_days, filing_deadline
from agenda.items.filing import Filing, examine, names_for
from agenda.items.models import Attachment, Item, ItemDraft
from agenda.items.sheet import Change, Paper, Sheet, compose, difference
from agenda.items.sheet_form import AttachmentForm, SheetForm, as_sent
from agenda.items.workflow import ItemState
from agenda.rules.models import MatterKind
from committee.bodies.models import Body
from committee.roles.models import Role
from committee.roles.posts import posts
from committee.units.models import Unit
from common import clock
from common.calendar.working_days import Deadline
from common.identity.actor import Actor
from common.web.request import ActorRequest

NEW = (ItemState.DRAFT, ItemState.RETURNED)


@dataclass(frozen=True)
class Working:
    """The working text of an item: what was typed last, its papers, and what the rules of today say about it."""

    item: Item
    draft: ItemDraft
    sheet: Sheet
    papers: list[Attachment]
    filing: Filing

    @property
    def revising(self) -> bool:
        """A new version of an item that is under way."""
        return self.item.state not in NEW

    @property
    def content(self) -> dict[str, Any]:
        """Composed as a version would freeze it."""
        return composed(self.sheet, self.papers)

    @property
    def body(self) -> str:
        """The body it is meant for, in words."""
        return Body.Kind(self.sheet.target_body).label

    @property
    def meeting(self) -> tuple[date, Deadline] | None:
        """The next meeting of the body and the last day to file for it."""
        days = coming_meeting_days(clock.today()).get(self.sheet.target_body)
        if not days or self.filing.rules is None:
            return None
        return days[0], filing_deadline(days[0], self.filing.rules)

    @property
    def kind_wanted(self) -> str:
        """The kind of paper that the route asks for and that is not there yet."""
        route = self.filing.route if "attachments" in self.filing.problems else None
        return route.required_attachment if route else Attachment.Kind.PAPER

    @property
    def late(self) -> bool:
        return bool(self.meeting and not self.revising and clock.today() > self.meeting[1].day)

    @property
    def long_report(self) -> int | None:
        """The minutes that the rules recommend, where more are asked for."""
        most = self.filing.rules.report_minutes if self.filing.rules else 0
        return most if self.sheet.minutes and most and self.sheet.minutes > most else None


def working_on(item: Item, content: dict[str, Any] | None = None) -> Working:
    """Look the working text up; `content` is what was typed and not yet saved."""
    draft = ItemDraft.objects.select_related("saved_by").get(item=item)
    sheet = Sheet.from_json(content or draft.content)
    papers = list(item.attachments.filter(removed_at=None).select_related("file"))
    filing = examine(sheet, {paper.kind for paper in papers}, clock.today())
    return Working(item, draft, sheet, papers, filing)


def composed(sheet: Sheet, papers: list[Attachment]) -> dict[str, Any]:
    files = [Paper(paper.pk, paper.file.name, paper.kind, paper.file.sha256, paper.file.size) for paper in papers]
    return compose(sheet, names_for(sheet), files)


def sheet_page(
    request: ActorRequest,
    working: Working,
    *,
    data: QueryDict | None = None,
    problems: dict[str, str] | None = None,
    theirs: ItemDraft | None = None,
) -> HttpResponse:
    """The page; with `problems` at its fields, with `theirs` where somebody saved in between."""
    sent = data or as_sent(working.sheet)
    form = _form(request.actor, working, sent if problems or data else None)
    if problems:
        form.show_problems(problems)
    context = {
        "item": working.item,
        "working": working,
        "form": form,
        "attachment_form": AttachmentForm(initial={"kind": working.kind_wanted}),
        "theirs": theirs,
        "first_editor": request.actor.first_editor(theirs.saved_by) if theirs else "",
        "changes": _unlike(theirs, working) if theirs else [],
        "problems": problems,
    }
    status = 409 if theirs else 400 if problems and data else 200
    return render(request, "agenda/items/edit_item.html", context, status=status)


def side_of(request: ActorRequest, item: Item) -> HttpResponse:
    """What is lacking, as the draft stands; asked again after every saving."""
    working = working_on(item)
    form = _form(request.actor, working, None)
    context = {
        "item": item,
        "working": working,
        "form": form,
        "check": "check" in request.GET,
        "leaders_again": not form.one_unit,
    }
    return render(request, "agenda/items/_edit_side.html", context)


def papers_part(request: ActorRequest, item: Item, wrong: AttachmentForm | None = None) -> HttpResponse:
    """The papers alone, after one was added or taken out; the side is asked again."""
    working = working_on(item)
    form = wrong or AttachmentForm(initial={"kind": working.kind_wanted})
    context = {"item": item, "working": working, "attachment_form": form}
    answer = render(request, "agenda/items/_papers.html", context)
    answer["HX-Trigger"] = "saved"
    return answer


def own_units(actor: Actor) -> list[Unit]:
    """Units one may file for; 秘书科 may enter a draft for any."""
    units = Unit.objects.on(clock.today()).in_order()
    if posts(actor).holds(Role.SECRETARIAL_SECTION):
        return list(units)
    return list(units.filter(pk__in=posts(actor).units))


def _form(actor: Actor, working: Working, data: QueryDict | None) -> SheetForm:
    """A filed item keeps its unit."""
    today = clock.today()
    every = list(Unit.objects.on(today).in_order())
    own = set() if working.item.current_version_id else {unit.pk for unit in own_units(actor)}
    own.add(working.item.unit_id)
    return SheetForm(
        data,
        sheet=working.sheet,
        units=[unit for unit in every if unit.pk in own],
        all_units=[unit for unit in every if unit.pk != working.sheet.unit],
        matters=list(MatterKind.objects.on(today).listed()),
        leaders=working.filing.leaders,
    )


def _unlike(theirs: ItemDraft, working: Working) -> list[Change]:
    """Where what was typed differs from what somebody saved meanwhile."""
    other = composed(Sheet.from_json(theirs.content), working.papers)
    return difference(other, working.content)
