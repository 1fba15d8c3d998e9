"""What this person can do with an item now, as buttons; a button that is not available says why.

The services decide; this only asks the same policies and states, so that a page offers what will be accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from agenda.items.deadlines import why_too_late
from agenda.items.lines import CheckLine, Mark, SignLine
from agenda.items.models import Item
from agenda.items.policies import (
    may_accept,
    may_approve_urgent,
    may_delegate_review,
    may_edit,
    may_enter_paper,
    may_grant_reading,
    may_review,
    may_send_back,
    may_submit,
    may_waive,
    may_withdraw,
)
from agenda.items.services.save_draft import EDITABLE
from agenda.items.standing import Standing
from agenda.items.urgency import is_approved, request_of
from agenda.items.workflow import CHECKABLE, UNDER_WAY, ItemState
from agenda.rules.models import CheckRule
from common import clock
from common.identity.actor import Actor
from common.services import why_in_person

S = ItemState
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.VETTING, S.SIGNING, S.READY, S.RETURNED)
EDIT_WORDS = {S.DRAFT: "填写呈报单", S.RETURNED: "修改后重新呈报"}


@dataclass(frozen=True)
class Action:
    """One verb and where its page is. `main` may be the page's one primary button; `post` acts at once.

    `check` names the check it belongs to; an `aside` one is offered beside its check only.
    """

    verb: str
    url: str
    main: bool = False
    post: bool = False
    why_not: str = ""
    check: str = ""
    aside: bool = False


def actions_for(actor: Actor, item: Item, standing: Standing) -> list[Action]:
    """In the order of importance; the first main one becomes the page's button."""
    return [
        *_signing(actor, item, standing),
        *_accepting(actor, item),
        *_checking(actor, item, standing),
        *_filing(actor, item),
        *_urgency(actor, item),
        *_sending_back(actor, item, standing),
        *_reading(actor, item),
        *_withdrawing(actor, item),
    ]


def _url(item: Item, name: str, *more: object) -> str:
    return reverse(f"agenda:{name}", args=[item.pk, *more])


def _signing(actor: Actor, item: Item, standing: Standing) -> Iterator[Action]:
    if item.state not in UNDER_WAY:
        return
    for line in standing.signatures:
        if actor.person in (line.person, line.backup) and line.mark is not Mark.DONE:
            yield Action("签批", _url(item, "item_sign"), main=True, why_not=_why_not_signing(actor, line, standing))
            break
    if item.state == S.SIGNING and may_enter_paper(actor):
        yield Action("补录纸质签批", _url(item, "item_paper_signature"))


def _why_not_signing(actor: Actor, line: SignLine, standing: Standing) -> str:
    if standing.item.state != S.SIGNING:
        left = [check.label for check in standing.checks if not check.passed]
        return f"还没有转签批：{'、'.join(left)}还没有办完。" if left else "等秘书科受理后转签批。"
    if line.mark is not Mark.NOW:
        return f"还没有轮到您，{standing.turn.sentence}" if standing.turn else ""
    return why_in_person(actor, "签批")


def _accepting(actor: Actor, item: Item) -> Iterator[Action]:
    """A late item waits for 书记; the others are taken in at once."""
    if item.state != S.SUBMITTED or not may_accept(actor):
        return
    why_not = why_too_late(item, item.version.rule_set, clock.today())
    yield Action("受理", _url(item, "item_accept"), main=True, post=True, why_not=why_not)


def _checking(actor: Actor, item: Item, standing: Standing) -> Iterator[Action]:
    """A check's reviewer concludes or confirms; 区委办主任 may waive what can be waived; both after 受理."""
    if item.state in UNDER_WAY:
        why_not = "" if item.state in CHECKABLE else "还没有受理，等秘书科受理后办理。"
        for check in standing.checks:
            yield from _check_actions(actor, item, check, why_not)


def _check_actions(actor: Actor, item: Item, check: CheckLine, why_not: str) -> Iterator[Action]:
    kind = check.kind
    if may_review(actor, item, check.rule):
        if check.mark is Mark.STALE and check.confirmable:
            address = _url(item, "item_confirm", kind)
            yield Action(f"确认{check.label}", address, main=True, why_not=why_not, check=kind)
        words = f"重做{check.label}" if check.opinion else f"办理{check.label}"
        yield Action(words, _url(item, "item_check", kind), main=not check.passed, why_not=why_not, check=kind)
    if check.rule.need == CheckRule.Need.WAIVABLE and not check.opinion and not check.waiver and may_waive(actor):
        yield Action(f"{check.label}不适用", _url(item, "item_waive", kind), why_not=why_not, check=kind)
    if not check.passed and may_delegate_review(actor, item, check.rule):
        yield Action(f"委托他人代审{check.label}", _url(item, "item_delegate", kind), check=kind, aside=True)


def _filing(actor: Actor, item: Item) -> Iterator[Action]:
    if not may_edit(actor, item):
        return
    if item.state in EDITABLE:
        words = EDIT_WORDS.get(S(item.state), "改稿")
        yield Action(words, _url(item, "item_edit"), main=item.state in EDIT_WORDS)
    elif item.state == S.SCHEDULED:
        yield Action("改稿", _url(item, "item_edit"), why_not="已列入会议，请秘书科先移出议程。")


def _urgency(actor: Actor, item: Item) -> Iterator[Action]:
    if item.state not in UNDER_WAY or is_approved(item):
        return
    asked = request_of(item) is not None
    if asked and may_approve_urgent(actor):
        yield Action("批准急件", _url(item, "item_approve_urgent"), main=item.state == S.SUBMITTED)
    if not asked and item.state == S.SUBMITTED and may_submit(actor, item):
        yield Action("申请急件", _url(item, "item_ask_urgent"))


def _sending_back(actor: Actor, item: Item, standing: Standing) -> Iterator[Action]:
    if item.state in UNDER_WAY and may_send_back(actor, item, standing):
        yield Action("退回修改", _url(item, "item_send_back"))


def _reading(actor: Actor, item: Item) -> Iterator[Action]:
    if item.current_version_id and may_grant_reading(actor, item):
        yield Action("授权查阅", _url(item, "item_grants"))


def _withdrawing(actor: Actor, item: Item) -> Iterator[Action]:
    if item.state in WITHDRAWABLE and may_withdraw(actor, item):
        yield Action("撤回", _url(item, "item_withdraw"))
