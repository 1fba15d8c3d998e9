"""Who may do what with an item, and which items a person may see. Permission only; what the state admits is apart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agenda.items.models import CheckOpinion, Item, ItemCoUnit, ItemGrant, ItemRecusal, Signature
from agenda.items.querysets import ItemQuerySet
from agenda.items.standing import Standing
from agenda.items.urgency import awaits_secretary
from agenda.items.workflow import ItemState
from agenda.rules.models import DECIDING, PERSONNEL, CheckRule, MatterKind, SignStep
from committee.bodies.models import Body, Seat
from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.register.policies import may_keep_register
from committee.roles.models import UNIT_ROLES, Role
from committee.roles.posts import own_persons, posts
from committee.units.questions import with_earlier, with_later
from common import clock
from common.identity.actor import Actor
from common.services import NotAllowed, why_in_person

READ = "view_item"


@dataclass(frozen=True)
class Answer:
    """Whether one may, and the sentence that says who may."""

    allowed: bool
    sentence: str

    def __bool__(self) -> bool:
        return self.allowed


def demand(answer: Answer) -> None:
    """Raise NotAllowed with the sentence unless the answer is yes."""
    if not answer:
        raise NotAllowed(answer.sentence)


def _in_person(actor: Actor, allowed: bool, what: str, sentence: str) -> Answer:
    """Allowed to the person, and to no delegate in the person's name."""
    if allowed and actor.by_staff:
        return Answer(False, why_in_person(actor, what))
    return Answer(allowed, sentence)


def may_start(actor: Actor, unit_id: int) -> Answer:
    """Units file their own; 秘书科 may enter a draft for a unit (from a ledger, by telephone)."""
    return Answer(
        unit_id in posts(actor).units or posts(actor).holds(Role.SECRETARIAL_SECTION),
        "议题由提报单位的议题联络员或负责人起草，秘书科可以代录草稿。",
    )


def may_take_over(actor: Actor) -> Answer:
    """Whoever keeps the register brings the office's ledger in, as drafts of the units it names."""
    return Answer(may_keep_register(actor), "台账由区委办秘书科导入。")


def may_edit(actor: Actor, item: Item) -> Answer:
    """The unit's people, and who entered the draft for them until it is filed; a cadre item its unit alone."""
    own = item.unit_id in posts(actor).units
    entered = item.created_by_id == actor.person.pk and item.current_version_id is None and not is_cadre(item)
    return Answer(
        own or entered,
        f"呈报单由{item.unit}的议题联络员或负责人填写。",
    )


def may_submit(actor: Actor, item: Item) -> Answer:
    return Answer(item.unit_id in posts(actor).units, f"呈报由{item.unit}的议题联络员或负责人办理。")


def may_withdraw(actor: Actor, item: Item) -> Answer:
    return Answer(
        item.unit_id in posts(actor).units or (item.current_version_id is None and bool(may_edit(actor, item))),
        f"撤回由{item.unit}的议题联络员或负责人办理。",
    )


def may_send_back(actor: Actor, item: Item, standing: Standing) -> Answer:
    """秘书科; whoever must sign now; 书记 while his answer to an urgent request is due."""
    held = posts(actor)
    turn = standing.turn if item.state == ItemState.SIGNING else None
    signing = turn is not None and actor.person in (turn.person, turn.backup)
    asked = held.is_secretary and awaits_secretary(item)
    if held.in_office:
        return Answer(True, "")
    return _in_person(actor, signing or asked, "退回", "退回由区委办秘书科或者当前签字人办理。")


def may_accept(actor: Actor) -> Answer:
    return Answer(posts(actor).in_office, "议题由区委办秘书科受理。")


def may_enter_paper(actor: Actor) -> Answer:
    return Answer(posts(actor).holds(Role.SECRETARIAL_SECTION), "纸质签批由区委办秘书科补录。")


def may_waive(actor: Actor) -> Answer:
    own = posts(actor).holds(Role.OFFICE_DIRECTOR)
    return _in_person(actor, own, "审定前置程序不适用", "前置程序是否不适用，由区委办主任审定。")


def may_approve_urgent(actor: Actor) -> Answer:
    return _in_person(actor, posts(actor).is_secretary, "批准急件", "急件由书记批准。")


def may_grant_reading(actor: Actor, item: Item) -> Answer:
    """The office opens items to readers; a cadre item only 组织部 itself and 书记."""
    if is_cadre(item):
        own = item.unit_id in posts(actor).head_of or posts(actor).is_secretary
        return Answer(own, "干部事项的查阅由组织部负责人或书记决定。")
    return Answer(posts(actor).in_office, "查阅授权由区委办办理。")


def may_review(actor: Actor, item: Item, rule: CheckRule) -> Answer:
    """The holder of the check's role — of the item's own unit where the role is one of a unit — or a delegate."""
    return _in_person(
        actor,
        holds_review(actor, item, rule) or has_grant(actor, item, f"review_{rule.check_kind}"),
        f"{rule.get_check_kind_display()}结论",
        f"{rule.get_check_kind_display()}由{reviewer_words(rule, item)}作出结论。",
    )


def may_delegate_review(actor: Actor, item: Item, rule: CheckRule) -> Answer:
    return _in_person(
        actor,
        holds_review(actor, item, rule) or posts(actor).holds(Role.OFFICE_DIRECTOR),
        f"委托代审{rule.get_check_kind_display()}",
        f"{rule.get_check_kind_display()}由{reviewer_words(rule, item)}或区委办主任委托他人代审。",
    )


def holds_review(actor: Actor, item: Item, rule: CheckRule) -> bool:
    """Does the actor hold the check's role today?"""
    held = posts(actor)
    if rule.reviewer == Role.UNIT_HEAD:
        return item.unit_id in held.head_of
    if rule.reviewer == Role.ITEM_LIAISON:
        return item.unit_id in held.liaison_of
    return held.holds(rule.reviewer)


def reviewer_words(rule: CheckRule, item: Item) -> str:
    """教体局单位负责人, 合法性审查人: who concludes a check, in words."""
    role = Role(rule.reviewer)
    return f"{item.unit.short_name}{role.label}" if role in UNIT_ROLES else role.label


def has_grant(actor: Actor, item: Item, codename: str) -> bool:
    """A grant that has not ended; the task that removes ended ones may be late."""
    return _grants(actor, clock.today()).filter(content_object=item, permission__codename=codename).exists()


def is_cadre(item: Item) -> bool:
    return item.matter_kind is not None and item.matter_kind.nature in PERSONNEL


def visible_to(actor: Actor) -> ItemQuerySet:
    """The items this person may see today; one queryset without joins that repeat rows, whatever the person is.

    Drafts belong to their unit and, unless they are about cadres, to their author. Filed items: the office,
    书记, 副书记 and the auditor see all; units their own and those they co-file; leaders, signers and reviewers
    what passes their hands; anybody what was granted. Cadre items: their unit, 书记, those granted (rules.md §4).
    Whoever is recused from an item sees it by none of these ways (rules.md §2).
    """
    held, today = posts(actor), clock.today()
    opened = _grants(actor, today).filter(Q(permission__codename=READ) | Q(permission__codename__startswith="review_"))
    filed = Q(current_version__isnull=False)
    cadre = Q(matter_kind__in=MatterKind.objects.filter(nature__in=PERSONNEL).values("pk"))
    own = Q(unit__in=held.units) | Q(created_by=actor.person, current_version__isnull=True) & ~cadre
    seen = own | filed & Q(pk__in=opened.values("content_object"))
    if held.is_secretary:
        seen |= filed
    elif held.in_office or held.holds(Role.AUDITOR) or _is_deputy_secretary(actor):
        seen |= filed & ~cadre
    else:
        seen |= filed & ~cadre & _through_hands(actor, today)
    recused = ItemRecusal.objects.filter(person__in=own_persons(actor), ended_at__isnull=True)
    return Item.objects.filter(seen).exclude(pk__in=recused.values("item"))


def _through_hands(actor: Actor, today: date) -> Q:
    """Filed items that this person co-files, leads, signs, signed, reviews or reviewed.

    Leads: the sheet names him, or the 分工 of today puts him in charge of the unit of an item that a leader signs.
    While 停职 he neither leads nor reads on what he signed.
    """
    held, person, charge = posts(actor), actor.person, charge_of(actor, today)
    steps = SignStep.objects.filter(route=OuterRef("current_version__route"))
    hands: Any = (
        Q(pk__in=ItemCoUnit.objects.filter(unit__in=held.units).values("item"))
        | Q(leader__in=charge.leaders)
        | Q(leader__isnull=False, unit__in=charge.units)
        | Q(pk__in=CheckOpinion.objects.filter(reviewer=person).values("item"))
    )
    if not held.is_taken_out:
        hands |= Q(pk__in=Signature.objects.filter(signer=person).values("item"))
    if held.holds(Role.MAYOR):
        hands |= Exists(steps.filter(office=SignStep.Office.MAYOR))
    if held.head_of:
        hands |= Exists(steps.filter(office=SignStep.Office.COUNTERSIGN, unit__in=held.head_of))
    reviewing = held.roles - set(UNIT_ROLES)
    if reviewing:
        needed = CheckRule.objects.filter(
            rule_set=OuterRef("current_version__rule_set"),
            matter_kind=OuterRef("matter_kind"),
            reviewer__in=reviewing,
        )
        hands |= Q(handling__in=DECIDING) & Exists(needed)
    return hands


@dataclass(frozen=True)
class Charge:
    """What a person is in charge of by today's 分工, himself or as an AB角: the leaders and their units."""

    leaders: frozenset[int]
    units: frozenset[int]


def charge_of(actor: Actor, today: date) -> Charge:
    """Looked up once a request, in one query unless one of the units has had another name; none of his while 停职."""
    if posts(actor).is_taken_out:
        return Charge(frozenset(), frozenset())
    if "charge" not in actor.memory:
        lines = DivisionLine.objects.filter(division__in=Division.objects.in_force_on(today))
        mine = lines.filter(Q(person=actor.person) | Q(backup=actor.person))
        rows = mine.values_list(
            "person_id", "units__relation", "units__unit_id", "units__unit__valid_to", "units__unit__predecessor_id"
        )
        led = [row for row in rows if row[1] == DivisionUnit.Relation.IN_CHARGE_OF]
        units = {row[2] for row in led}
        if any(ended or former for *_, ended, former in led):
            units = with_earlier(units) | with_later(units)
        actor.memory["charge"] = Charge(frozenset({actor.person.pk, *(row[0] for row in rows)}), frozenset(units))
    return actor.memory["charge"]


def _grants(actor: Actor, today: date) -> QuerySet[ItemGrant]:
    """The person's grants that have not ended; one without an end was not given by the service and does not count.

    What a notice opened to a member is his seat's: while 停职 only what was given by hand counts.
    """
    found = ItemGrant.objects.filter(person=actor.person, until__gte=today)
    return found.filter(occasion="") if posts(actor).is_taken_out else found


def _is_deputy_secretary(actor: Actor) -> bool:
    """专职副书记 and 区长 hold the seat of 副书记 and read what is to be listed (rules.md §4)."""
    return posts(actor).seats.get(Body.Kind.STANDING) == Seat.Kind.DEPUTY_SECRETARY
