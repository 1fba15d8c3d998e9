"""What is missing to an item and who has it: one answer for pages and refusals, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from agenda.items.deadlines import why_too_late
from agenda.items.gates import why_not_passed
from agenda.items.lines import CheckLine, Mark, SignLine
from agenda.items.models import CheckOpinion, CheckWaiver, Item, ItemVersion, Signature
from agenda.items.offices import Offices
from agenda.items.workflow import ItemState
from agenda.rules.models import DECIDING, CheckRule, SignStep
from common import clock


@dataclass(frozen=True)
class Standing:
    """Where an item is: its checks, its signatures, and in sentences what is missing.

    Who holds the offices is looked up when it is first asked: a service that only counts signatures does without.
    """

    item: Item
    day: date
    version: ItemVersion | None
    checks: tuple[CheckLine, ...] = ()
    signatures: tuple[SignLine, ...] = ()

    @property
    def checks_passed(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def signed(self) -> bool:
        return all(line.mark is Mark.DONE for line in self.signatures)

    @property
    def turn(self) -> SignLine | None:
        """The first unsigned step, whatever the item's state; None when all have signed."""
        return next((line for line in self.signatures if line.mark is not Mark.DONE), None)

    @property
    def valid_until(self) -> date | None:
        """The earliest end of the opinions that stand; None where no check was needed."""
        return min((check.opinion.valid_until for check in self.checks if check.opinion), default=None)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing before a meeting, in the order it is dealt with."""
        return tuple(_missing(self))

    @property
    def sentence(self) -> str:
        """One sentence for the item's head and for refusals; empty where nothing is missing."""
        return "".join(self.missing)

    def with_signature(self, signature: Signature) -> Self:
        """The same standing after one more signature of its version, which approves."""
        lines = (
            replace(line, mark=Mark.DONE, signature=signature) if line.step.pk == signature.step_id else line
            for line in self.signatures
        )
        return replace(self, signatures=tuple(lines))

    def check(self, kind: str) -> CheckLine | None:
        return next((check for check in self.checks if check.kind == kind), None)


def standing_of(item: Item, today: date | None = None) -> Standing:
    """Look the item's standing up, in as many queries whatever its history."""
    today = today or clock.today()
    version = item.current_version
    if version is None:
        return Standing(item, today, None)
    steps = list(version.route.steps.select_related("unit"))
    rules = _rules(item, version)
    offices = Offices(today, item, {rule.reviewer for rule in rules}, steps)
    checks = tuple(_check_lines(version, rules, offices)) if rules else ()
    return Standing(item, today, version, checks, tuple(_sign_lines(item, version, steps, offices)))


def _rules(item: Item, version: ItemVersion) -> list[CheckRule]:
    """The checks this matter needs by the rule set its version was filed under; conveyed and heard items need none."""
    if item.handling not in DECIDING:
        return []
    rules = CheckRule.objects.filter(rule_set_id=version.rule_set_id, matter_kind_id=item.matter_kind_id)
    return list(rules.order_by("pk"))


def _check_lines(version: ItemVersion, rules: list[CheckRule], offices: Offices) -> Iterator[CheckLine]:
    opinions = CheckOpinion.objects.filter(item_id=version.item_id).select_related("reviewer", "version").order_by("pk")
    newest = {(opinion.kind, opinion.version_id == version.pk): opinion for opinion in opinions}
    waivers = CheckWaiver.objects.filter(version=version).select_related("granted_by")
    waived = {waiver.kind: waiver for waiver in waivers}
    for rule in rules:
        kind = rule.check_kind
        if opinion := newest.get((kind, True)):
            yield CheckLine(rule, _mark_of(opinion, offices.day), version, offices, opinion)
        elif waiver := waived.get(kind):
            yield CheckLine(rule, Mark.WAIVED, version, offices, waiver=waiver)
        elif earlier := newest.get((kind, False)):
            yield CheckLine(rule, Mark.STALE, version, offices, earlier=earlier)
        else:
            yield CheckLine(rule, Mark.NOW, version, offices)


def _mark_of(opinion: CheckOpinion, day: date) -> Mark:
    """Of a conclusion on the current version."""
    if why_not_passed(opinion.conclusion, opinion.measures_confirmed):
        return Mark.REFUSED
    return Mark.STALE if opinion.valid_until < day else Mark.DONE


def _sign_lines(item: Item, version: ItemVersion, steps: list[SignStep], offices: Offices) -> Iterator[SignLine]:
    signatures = Signature.objects.filter(version=version).select_related("signer", "for_person").order_by("pk")
    newest = {signature.step_id: signature for signature in signatures}
    signing = item.state == ItemState.SIGNING
    entered = item.changes.filter(target=ItemState.SIGNING).last() if signing else None
    since = max((one.signed_at for one in newest.values()), default=None)
    turn = True
    for step in steps:
        if signature := newest.get(step.pk):
            done = signature.verdict == Signature.Verdict.APPROVE
            yield SignLine(step, Mark.DONE if done else Mark.REFUSED, offices, signature)
            turn = turn and done
        elif signing and turn:
            turn = False
            begun = max(filter(None, (since, entered.at if entered else None)), default=None)
            yield SignLine(step, Mark.NOW, offices, since=begun)
        else:
            yield SignLine(step, Mark.WAITING, offices)


def _missing(standing: Standing) -> Iterator[str]:
    item, version = standing.item, standing.version
    if version is None:
        if item.state == ItemState.DRAFT:
            yield f"还没有呈报，呈报单在{item.unit.short_name}手里。"
        return
    match item.state:
        case ItemState.RETURNED:
            yield f"已退回{item.unit.short_name}修改，改好后重新呈报。"
        case ItemState.WITHDRAWN | ItemState.SCHEDULED | ItemState.DELIBERATED | ItemState.HEARD:
            return
        case ItemState.SUBMITTED:
            yield why_too_late(item, version.rule_set, standing.day) or "等秘书科受理。"
    yield from (check.sentence for check in standing.checks if not check.passed)
    left = [line for line in standing.signatures if line.mark is not Mark.DONE]
    if item.state == ItemState.SIGNING and left:
        yield f"还差 {len(left)} 道签批，{left[0].sentence}"
