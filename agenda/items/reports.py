"""What waits for a person in the item store, for the workbench: a constant number of queries, whatever lies there."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from agenda.items.deadlines import coming_meeting_days, filing_deadline, papers_deadline
from agenda.items.gates import passes
from agenda.items.leadership import Leadership
from agenda.items.models import CheckOpinion, CheckWaiver, Item, Signature
from agenda.items.offices import left_to_secretary
from agenda.items.policies import charge_of, holds_review
from agenda.items.urgency import approvals_in_force, requests_in_force
from agenda.items.workflow import UNDER_WAY, ItemState
from agenda.rules.models import DECIDING, AgendaRuleSet, CheckRule, SignStep, rules_on
from committee.roles.models import UNIT_ROLES, Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.web.formats import local_day
from common.web.tasks import Task

Office = SignStep.Office


class Due:
    """Until when something is due: before the papers of the next meeting go out; empty while none is planned.

    Asked only where something waits.
    """

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def rules(self) -> AgendaRuleSet | None:
        return rules_on(self.today)

    @cached_property
    def days(self) -> dict[str, list[date]]:
        return coming_meeting_days(self.today) if self.rules else {}

    def papers(self, item: Item) -> date | None:
        days = self.days.get(item.target_body)
        return papers_deadline(days[0], self.rules).day if days and self.rules else None

    def filing(self, item: Item) -> date | None:
        days = self.days.get(item.target_body)
        return filing_deadline(days[0], self.rules).day if days and self.rules else None


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """Signatures, checks, items to accept, returned items and urgent requests that are this person's to deal with."""
    due = Due(today)
    return [
        *_signatures(actor, today, due),
        *_checks(actor, due),
        *_to_accept(actor, due),
        *_returned(actor, due),
        *_urgent(actor, due),
    ]


def to_sign(
    actor: Actor, today: date, leadership: Leadership, consents: Collection[int] = frozenset()
) -> QuerySet[Item]:
    """Items whose next unsigned step is an office that the actor holds today.

    `consents`: leaders who are 停职 and in whose place 书记 consents.
    """
    held = posts(actor)
    signed = Signature.objects.filter(
        version=OuterRef(OuterRef("current_version")), step=OuterRef("pk"), verdict=Signature.Verdict.APPROVE
    )
    unsigned = SignStep.objects.filter(~Exists(signed), route=OuterRef("current_version__route")).order_by("position")
    items = Item.objects.filter(state=ItemState.SIGNING).annotate(
        next_office=Subquery(unsigned.values("office")[:1]), next_unit=Subquery(unsigned.values("unit")[:1])
    )
    turn = Q(next_office=Office.UNIT_HEAD, unit__in=held.head_of)
    turn |= Q(next_office=Office.COUNTERSIGN, next_unit__in=held.head_of)
    turn |= Q(next_office=Office.LEADER_IN_CHARGE) & leadership.led_by({*charge_of(actor, today).leaders, *consents})
    if held.holds(Role.MAYOR):
        turn |= Q(next_office=Office.MAYOR)
    if held.holds(Role.OFFICE_DIRECTOR):
        turn |= Q(next_office=Office.OFFICE_DIRECTOR)
    if held.is_secretary:
        turn |= Q(next_office=Office.SECRETARY)
    return items.filter(turn)


def _signatures(actor: Actor, today: date, due: Due) -> Iterator[Task]:
    if not _has_turns(actor, today):
        return
    leadership = Leadership.on(today)
    consents = left_to_secretary(today) if posts(actor).is_secretary else {}
    for item in to_sign(actor, today, leadership, consents).select_related("unit", "leader", "current_version"):
        led = item.next_office == Office.LEADER_IN_CHARGE
        leader = leadership.leader_of(item) if led else None
        note = f"{item.unit.short_name}呈报"
        if leader and leader.pk in consents:
            note += f"，{leader.name}{consents[leader.pk]}，须您同意并写明意见"
        elif leader and leader != actor.person:
            note += f"，您是{leader.name}的AB角"
        yield _task("签批", item, note, due.papers(item), in_person=True)


def _has_turns(actor: Actor, today: date) -> bool:
    """Does the actor hold any office that routes ask for, as a leader or for one? Most people do not."""
    held, charge = posts(actor), charge_of(actor, today)
    own = held.head_of or held.is_leader or held.holds(Role.OFFICE_DIRECTOR)
    return bool(own or charge.units or charge.leaders - {actor.person.pk})


def _checks(actor: Actor, due: Due) -> Iterator[Task]:
    """Checks that are the actor's by role (of the item's unit, where the role is one) and have not passed."""
    held = posts(actor)
    mine = Q(reviewer__in=held.roles - set(UNIT_ROLES))
    rules = list(CheckRule.objects.filter(mine | Q(reviewer__in=held.roles & set(UNIT_ROLES))))
    if not rules:
        return
    items = Item.objects.filter(
        state=ItemState.VETTING,
        handling__in=DECIDING,
        matter_kind__in={rule.matter_kind_id for rule in rules},
    )
    if not held.roles - set(UNIT_ROLES):
        items = items.filter(unit__in=held.units)
    found = list(items.select_related("unit", "current_version"))
    if not found:
        return
    settled = _settled(found)
    for item in found:
        basis = (item.version.rule_set_id, item.matter_kind_id)
        for rule in rules:
            if (
                basis == (rule.rule_set_id, rule.matter_kind_id)
                and holds_review(actor, item, rule)
                and (item.pk, rule.check_kind) not in settled
            ):
                verb, note = f"办理{rule.get_check_kind_display()}", f"{item.unit.short_name}呈报"
                yield _task(verb, item, note, due.papers(item), in_person=True)


def _settled(items: list[Item]) -> set[tuple[int, str]]:
    """Which checks of these items have passed or were waived on the current version."""
    current = {"item__in": items, "version": F("item__current_version")}
    newest = {(o.item_id, o.kind): o for o in CheckOpinion.objects.filter(**current).order_by("pk")}
    passed = {key for key, opinion in newest.items() if passes(opinion.conclusion, opinion.measures_confirmed)}
    return passed | set(CheckWaiver.objects.filter(**current).values_list("item_id", "kind"))


def _to_accept(actor: Actor, due: Due) -> Iterator[Task]:
    if posts(actor).holds(Role.SECRETARIAL_SECTION):
        for item in Item.objects.filter(state=ItemState.SUBMITTED).select_related("unit"):
            yield _task("受理", item, f"{item.unit.short_name}呈报", due.papers(item))


def _returned(actor: Actor, due: Due) -> Iterator[Task]:
    if units := posts(actor).units:
        for item in Item.objects.filter(state=ItemState.RETURNED, unit__in=units):
            yield _task("修改", item, "退回修改，改好后重新呈报", due.filing(item))


def _urgent(actor: Actor, due: Due) -> Iterator[Task]:
    if not posts(actor).is_secretary:
        return
    asked = Exists(requests_in_force().filter(item=OuterRef("pk")))
    approved = Exists(approvals_in_force().filter(item=OuterRef("pk")))
    for item in Item.objects.filter(asked, ~approved, state__in=UNDER_WAY).select_related("unit"):
        yield _task("批准急件", item, f"{item.unit.short_name}申请按急件办理", due.papers(item), in_person=True)


def _task(verb: str, item: Item, note: str, due: date | None, *, in_person: bool = False) -> Task:
    since = local_day(item.filed_on) if item.filed_on else None
    return Task(verb, item.title, note, reverse("agenda:item_detail", args=[item.pk]), due, since, in_person)
