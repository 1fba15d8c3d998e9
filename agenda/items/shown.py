"""What the pages of an item say of where it stands: the head's words, the box, the path at the side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from agenda.items.actions import Action, actions_for
from agenda.items.deadlines import coming_meeting_days, papers_deadline, why_too_late
from agenda.items.lines import CheckLine, Mark, SignLine
from agenda.items.models import Item, OpinionDocument, Signature
from agenda.items.standing import Standing, standing_of
from agenda.items.urgency import request_of
from agenda.items.workflow import CHECKABLE, UNDER_WAY, ItemState
from common import clock
from common.identity.actor import Actor
from common.web.formats import cn_date, cn_datetime, local_day

STATES = {
    Mark.DONE: "done",
    Mark.NOW: "now",
    Mark.WAITING: "waiting",
    Mark.REFUSED: "refused",
    Mark.WAIVED: "done",
    Mark.STALE: "void",
}
S = ItemState


@dataclass(frozen=True)
class Box:
    """What is missing or what comes next: a tone of notices, a title, sentences."""

    tone: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownItem:
    """An item as one person sees it, whatever the page."""

    item: Item
    standing: Standing
    actions: list[Action]
    word: str
    box: Box
    setback: str = ""

    @property
    def main(self) -> Action | None:
        """The page's one button; where nothing can be done, the one that will be, with its reason."""
        ready = (action for action in self.actions if action.main and not action.why_not)
        return next(ready, None) or next((action for action in self.actions if action.main), None)

    @property
    def others(self) -> list[Action]:
        return [action for action in self.actions if action is not self.main and not action.aside]

    @property
    def checks(self) -> list[dict[str, Any]]:
        open_as = "now" if self.item.state in CHECKABLE else "waiting"
        return [check_step(check, open_as) for check in self.standing.checks]

    @property
    def signatures(self) -> list[dict[str, Any]]:
        return [sign_step(line) for line in self.standing.signatures]


def show_item(actor: Actor, item: Item) -> ShownItem:
    """Look up what every page of the item shows; a fixed number of queries."""
    standing = standing_of(item)
    shown = [opinion for check in standing.checks for opinion in (check.opinion, check.earlier) if opinion]
    prefetch_related_objects(shown, Prefetch("documents", OpinionDocument.objects.select_related("file")))
    actions = actions_for(actor, item, standing)
    word = state_word(actor, item, standing)
    return ShownItem(item, standing, actions, word, _box(actor, standing), _setback(item))


def _setback(item: Item) -> str:
    """Why it came back from its last meeting — 缓议, taken off the agenda, cancelled — until it has been dealt with."""
    if item.state not in (*UNDER_WAY, S.RETURNED, S.SCHEDULED):
        return ""
    last = item.changes.filter(verb="unschedule").last()
    return f"{last.reason}（{last.actor_name}，{cn_datetime(last.at, clock.today())}登记）" if last else ""


def state_word(actor: Actor, item: Item, standing: Standing) -> str:
    """签批中，等您: the state with whom it waits for."""
    if item.state == S.SIGNING and standing.turn:
        turn = standing.turn
        mine = actor.person in (turn.person, turn.backup)
        return f"签批中，{'等您' if mine else f'等{turn.person.name}' if turn.person else f'{turn.label}空缺'}"
    if item.state == S.VETTING:
        return f"会前把关，还差 {sum(not check.passed for check in standing.checks)} 项"
    if item.state == S.SUBMITTED:
        return "已呈报，等受理"
    return item.get_state_display()


def _box(actor: Actor, standing: Standing) -> Box:
    item = standing.item
    match item.state:
        case S.DRAFT:
            return Box("info", "还没有呈报", ("填好后呈报，得到编号，正文和附件定格为一稿。",))
        case S.RETURNED | S.WITHDRAWN:
            return _ended(standing)
        case S.SUBMITTED:
            return _to_accept(standing)
        case S.VETTING:
            left = sum(not check.passed for check in standing.checks)
            return Box("warn", f"还差 {left} 项前置程序才能转签批", (*_to_check(actor, standing), *_times(standing)))
        case S.SIGNING:
            return Box("warn", *_to_sign(actor, standing))
        case S.READY:
            return _ready(standing)
        case S.SCHEDULED:
            return Box("info", "已列入会议", ("正文和附件不再改动；要改的，请秘书科先移出议程。",))
        case S.DELIBERATED:
            return Box("good", "会议已经审议", ("议定事项由承办单位落实，后续见决定。",))
    return Box("good", "会议已经听取")


def _ended(standing: Standing) -> Box:
    """Who sent it back or withdrew it, when and why."""
    item = standing.item
    last = item.changes.filter(target=item.state).last()
    said = f"{last.actor_name}于{cn_datetime(last.at, clock.today())}：{last.reason}" if last else ""
    if item.state == S.RETURNED:
        return Box("bad", "已退回修改", (said, f"由{item.unit.short_name}改好后重新呈报，编号不变；签字须重新签。"))
    return Box("info", "已经撤回", (said, "不再办理，编号保留。"))


def _to_accept(standing: Standing) -> Box:
    """In time it waits for 秘书科; late for 书记, or for its unit to ask him."""
    item = standing.item
    late = why_too_late(item, item.version.rule_set, clock.today())
    if not late:
        return Box("warn", "等秘书科受理", (_afterwards(standing), *_times(standing)))
    asked = request_of(item)
    reason = (f"急件理由：{asked.reason}（{asked.asked_by.name}）",) if asked else ()
    return Box("warn", "还不能受理", (late, *reason))


def _afterwards(standing: Standing) -> str:
    checks, steps = len(standing.checks), len(standing.signatures)
    return f"受理之后办理前置程序（{checks} 项）和签批（{steps} 道）。" if checks else f"受理之后签批（{steps} 道）。"


def _to_check(actor: Actor, standing: Standing) -> Iterator[str]:
    """What is simply open in one line with who has it, so what is to be confirmed; the rest in sentences."""
    missing = [check for check in standing.checks if not check.passed]
    untouched = [check for check in missing if check.mark is Mark.NOW]
    to_confirm = [check for check in missing if check.mark is Mark.STALE and check.confirmable]
    if untouched:
        yield f"还没有结论的：{_named(actor, untouched)}。"
    if to_confirm:
        yield f"须对照改动在{standing.version}上确认的：{_named(actor, to_confirm)}。"
    yield from (check.sentence for check in missing if check not in untouched and check not in to_confirm)


def _named(actor: Actor, checks: list[CheckLine]) -> str:
    return "、".join(f"{check.label}（{_holders(actor, check)}）" for check in checks)


def _holders(actor: Actor, check: CheckLine) -> str:
    if not check.holders:
        return "审核人空缺，请秘书科登记"
    return "、".join(f"{one.name}，您" if one == actor.person else one.name for one in check.holders)


def _to_sign(actor: Actor, standing: Standing) -> tuple[str, tuple[str, ...]]:
    """How many signatures are open; whose turn it is and who comes after."""
    left = [line for line in standing.signatures if line.mark is not Mark.DONE]
    title = f"还差 {len(left)} 道签批才能列入会议"
    lines = [left[0].sentence] if left else []
    if left[1:]:
        named = (f"{line.who}（{line.label}{'，您' if line.person == actor.person else ''}）" for line in left[1:])
        lines.append(f"之后依次：{'、'.join(named)}。")
    return title, (*lines, *time_left(standing.item))


def _ready(standing: Standing) -> Box:
    if standing.missing:
        return Box("warn", "前置程序须重新办理", standing.missing)
    until = f"前置程序有效至{cn_date(standing.valid_until, clock.today())}。" if standing.valid_until else ""
    days = coming_meeting_days(clock.today()).get(standing.item.target_body, [])
    body = standing.item.get_target_body_display()
    coming = f"最近的一次{body}在{cn_date(days[0], clock.today())}。" if days else f"{body}还没有排定日期。"
    return Box(
        "good", "可以上会", (f"前置程序和签批都已齐备，依据为{standing.version}，等秘书科列入会议。", coming + until)
    )


def _times(standing: Standing) -> Iterator[str]:
    """From when and until when: the working days of an open legal review, and the last day for the next meeting."""
    yield from (f"{check.label}{check.time_words}" for check in standing.checks if check.time_words)
    yield from time_left(standing.item)


def time_left(item: Item) -> Iterator[str]:
    """Until when all must be done for the next meeting."""
    today = clock.today()
    days = coming_meeting_days(today).get(item.target_body, [])
    if days:
        last = papers_deadline(days[0], item.version.rule_set).day
        body = item.get_target_body_display()
        yield f"最近的一次{body}在{cn_date(days[0], today)}，前置程序和签批须在{cn_date(last, today)}前办齐。"


def check_step(check: CheckLine, open_as: str = "now") -> dict[str, Any]:
    """A check as a step of the path; `open_as` is how one without a conclusion stands."""
    opinion = check.opinion or check.earlier
    said = opinion.get_conclusion_display() if opinion else "不适用" if check.waiver else ""
    open_note = {Mark.NOW: "", Mark.STALE: f"是对{opinion.version}作的，待确认" if opinion else ""}
    return {
        "state": open_as if check.mark is Mark.NOW else STATES[check.mark],
        "what": f"{check.label}{' · ' + said if said else ''}",
        "when": _who_when(check.who, check.when),
        "note": check.note or open_note.get(check.mark, check.sentence if not check.passed else ""),
    }


def sign_step(line: SignLine) -> dict[str, Any]:
    """A signature as a step of the path."""
    signature = line.signature
    return {
        "state": STATES[line.mark],
        "what": f"{line.who} · {line.label}",
        "when": _signed(signature) if signature else "",
        "said": signature.opinion if signature else "",
        "wait": _waited(line.since),
        "note": "纸质签批，扫描件附后" if signature and signature.medium == Signature.Medium.PAPER else "",
    }


def _signed(signature: Signature) -> str:
    """When: on screen to the minute, on paper the day written there."""
    today, on_screen = clock.today(), signature.medium == Signature.Medium.SCREEN
    when = cn_datetime(signature.signed_at, today) if on_screen else cn_date(signature.signed_on, today)
    return f"{when} {signature.get_verdict_display()}"


def _waited(since: datetime | None) -> str:
    days = (clock.today() - local_day(since)).days if since else 0
    return f"已等 {days} 天" if days else ""


def _who_when(who: str, when: date | None) -> str:
    return f"{who} {cn_date(when, clock.today())}" if when else who
