"""What is missing to an item and who has it: one answer for pages and refusals, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from agenda.items.deadlines import why_too_late
from agenda.items.gates import FULFILLED_BY_CHANGE, PASSING, why_not_passed
from agenda.items.models import CheckOpinion, CheckWaiver, Item, ItemVersion, Signature
from agenda.items.offices import Offices
from agenda.items.workflow import ItemState
from agenda.rules.models import DECIDING, CheckKind, CheckRule, SignStep
from committee.roles.models import Role
from common import clock
from common.calendar.publish import working_calendar
from common.identity.models import Person
from common.web.formats import cn_date, local_day


class Mark(StrEnum):
    """How far a check or a signature is."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    REFUSED = "refused"
    WAIVED = "waived"
    STALE = "stale"


@dataclass(frozen=True)
class CheckLine:
    """One check. `opinion` is the one on the current version; `earlier` awaits confirmation on this version.

    `sentence` says what is missing and who has it, empty where nothing is; `note` what a reader should know besides.
    """

    rule: CheckRule
    mark: Mark
    who: str
    holders: tuple[Person, ...]
    opinion: CheckOpinion | None = None
    waiver: CheckWaiver | None = None
    earlier: CheckOpinion | None = None
    sentence: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        return self.rule.check_kind

    @property
    def label(self) -> str:
        return self.rule.get_check_kind_display()

    @property
    def passed(self) -> bool:
        return self.mark in (Mark.DONE, Mark.WAIVED)

    @property
    def when(self) -> date | None:
        shown = self.opinion or self.earlier
        return shown.done_on if shown else local_day(self.waiver.recorded_at) if self.waiver else None

    @property
    def confirmable(self) -> bool:
        """An earlier conclusion that its reviewer may carry over to this version."""
        return self.earlier is not None and self.earlier.conclusion in PASSING | FULFILLED_BY_CHANGE.keys()


@dataclass(frozen=True)
class SignLine:
    """One step of the route. `person` holds the office today, `backup` is the leader's AB角."""

    step: SignStep
    label: str
    mark: Mark
    person: Person | None
    backup: Person | None = None
    signature: Signature | None = None
    since: datetime | None = None
    sentence: str = ""

    @property
    def who(self) -> str:
        """Who signed — for whom — or whose turn it is."""
        if self.signature:
            signed = self.signature
            return f"{signed.signer.name}（代{signed.for_person.name}）" if signed.for_person else signed.signer.name
        return self.person.name if self.person else "空缺"


@dataclass(frozen=True)
class Standing:
    """Where an item is: its checks, its signatures, and in sentences what is missing."""

    item: Item
    version: ItemVersion | None
    checks: tuple[CheckLine, ...] = ()
    signatures: tuple[SignLine, ...] = ()
    missing: tuple[str, ...] = field(default=())

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
        head = f"还没有呈报，呈报单在{item.unit.short_name}手里。" if item.state == ItemState.DRAFT else ""
        return Standing(item, None, missing=(head,) if head else ())
    steps = list(version.route.steps.select_related("unit"))
    rules = _rules(item, version)
    offices = Offices.on(today, item, {rule.reviewer for rule in rules}, steps)
    checks = tuple(_check_lines(version, rules, offices, today))
    signatures = tuple(_sign_lines(item, version, steps, offices))
    return Standing(item, version, checks, signatures, tuple(_missing(item, version, checks, signatures, today)))


def _rules(item: Item, version: ItemVersion) -> list[CheckRule]:
    """The checks this matter needs by the rule set its version was filed under; conveyed and heard items need none."""
    if item.handling not in DECIDING:
        return []
    rules = CheckRule.objects.filter(rule_set_id=version.rule_set_id, matter_kind_id=item.matter_kind_id)
    return list(rules.order_by("pk"))


def _check_lines(version: ItemVersion, rules: list[CheckRule], offices: Offices, today: date) -> Iterator[CheckLine]:
    opinions = CheckOpinion.objects.filter(item_id=version.item_id).select_related("reviewer", "version").order_by("pk")
    newest = {(opinion.kind, opinion.version_id == version.pk): opinion for opinion in opinions}
    waivers = CheckWaiver.objects.filter(version=version).select_related("granted_by")
    waived = {waiver.kind: waiver for waiver in waivers}
    for rule in rules:
        kind, holders = rule.check_kind, offices.reviewers(rule.reviewer)
        if opinion := newest.get((kind, True)):
            yield _concluded(rule, holders, opinion, version, today)
        elif waiver := waived.get(kind):
            note = f"不适用：{waiver.reason}"
            yield CheckLine(rule, Mark.WAIVED, waiver.granted_by.name, holders, waiver=waiver, note=note)
        elif earlier := newest.get((kind, False)):
            yield _left_behind(rule, holders, earlier, version)
        else:
            who = _words(holders, rule)
            yield CheckLine(rule, Mark.NOW, who, holders, sentence=f"{_label(rule)}还没有结论，请{who}办理。")


def _concluded(
    rule: CheckRule, holders: tuple[Person, ...], opinion: CheckOpinion, version: ItemVersion, today: date
) -> CheckLine:
    """A conclusion on this very version."""
    if why := why_not_passed(opinion.conclusion, opinion.measures_confirmed):
        line = CheckLine(rule, Mark.REFUSED, opinion.reviewer.name, holders, opinion, sentence=why)
    elif opinion.valid_until < today:
        ended = cn_date(opinion.valid_until, today)
        why = f"{_label(rule)}的结论已于{ended}过期，请{_words(holders, rule)}重新作出结论。"
        line = CheckLine(rule, Mark.STALE, opinion.reviewer.name, holders, opinion, sentence=why)
    else:
        line = CheckLine(rule, Mark.DONE, opinion.reviewer.name, holders, opinion)
    return replace(line, note=_haste(opinion, version)) if opinion.kind == CheckKind.LEGAL else line


def _left_behind(
    rule: CheckRule, holders: tuple[Person, ...], earlier: CheckOpinion, version: ItemVersion
) -> CheckLine:
    """A conclusion on an earlier version: its reviewer confirms it, the difference before him, or concludes anew."""
    who = _words(holders, rule)
    line = CheckLine(rule, Mark.STALE, who, holders, earlier=earlier)
    said = f"{_label(rule)}的结论「{earlier.get_conclusion_display()}」是对{earlier.version}作出的"
    todo = "对照改动确认，或者重新作出结论" if line.confirmable else "重新作出结论"
    return replace(line, sentence=f"{said}，请{who}在{version}上{todo}。")


def _haste(opinion: CheckOpinion, version: ItemVersion) -> str:
    """The rule gives legal review some working days at least; a shorter one is shown, not refused (rules.md §3)."""
    taken = working_calendar().working_days_between(local_day(version.submitted_at), opinion.done_on).number
    least = version.rule_set.legal_days
    if opinion.confirms_id or taken >= least:
        return ""
    return f"呈报后 {max(taken, 0)} 个工作日作出，规则要求一般不少于 {least} 个工作日。"


def _sign_lines(item: Item, version: ItemVersion, steps: list[SignStep], offices: Offices) -> Iterator[SignLine]:
    signatures = Signature.objects.filter(version=version).select_related("signer", "for_person").order_by("pk")
    newest = {signature.step_id: signature for signature in signatures}
    signing = item.state == ItemState.SIGNING
    entered = item.changes.filter(target=ItemState.SIGNING).last() if signing else None
    since = max((one.signed_at for one in newest.values()), default=None)
    turn = True
    for step in steps:
        signature, person = newest.get(step.pk), offices.signer(step)
        line = SignLine(step, office_label(step), Mark.WAITING, person, offices.backup_for(step), signature)
        if signature:
            done = signature.verdict == Signature.Verdict.APPROVE
            yield replace(line, mark=Mark.DONE if done else Mark.REFUSED)
            turn = turn and done
        elif signing and turn:
            turn = False
            begun = max(filter(None, (since, entered.at if entered else None)), default=None)
            yield replace(line, mark=Mark.NOW, since=begun, sentence=_turn_words(line))
        else:
            yield line


def _turn_words(line: SignLine) -> str:
    if line.person is None:
        return f"现在该{line.label}签批，但这个职务今天没有登记任职的人，请秘书科先在「组织」里登记。"
    backup = f"（外出时由AB角{line.backup.name}代签）" if line.backup else ""
    return f"现在等{line.label}{line.person.name}签批{backup}。"


def _missing(
    item: Item, version: ItemVersion, checks: tuple[CheckLine, ...], signatures: tuple[SignLine, ...], today: date
) -> Iterator[str]:
    """What is missing before a meeting, in the order it is dealt with."""
    match item.state:
        case ItemState.RETURNED:
            yield f"已退回{item.unit.short_name}修改，改好后重新呈报。"
        case ItemState.WITHDRAWN | ItemState.SCHEDULED | ItemState.DELIBERATED | ItemState.HEARD:
            return
        case ItemState.SUBMITTED:
            yield why_too_late(item, version.rule_set, today) or "等秘书科受理。"
    yield from (check.sentence for check in checks if not check.passed)
    left = [line for line in signatures if line.mark is not Mark.DONE]
    if item.state == ItemState.SIGNING and left:
        yield f"还差 {len(left)} 道签批，{left[0].sentence}"


def office_label(step: SignStep) -> str:
    """提出单位负责人, 分管领导 …; a countersigner is named by his unit."""
    return f"{step.unit.short_name}负责人会签" if step.unit else step.get_office_display()


def _label(rule: CheckRule) -> str:
    return rule.get_check_kind_display()


def _words(holders: tuple[Person, ...], rule: CheckRule) -> str:
    """卢正言（合法性审查人）; the role alone where nobody holds it."""
    role = Role(rule.reviewer).label
    return f"{'、'.join(person.name for person in holders)}（{role}）" if holders else f"{role}（空缺，请秘书科登记）"
