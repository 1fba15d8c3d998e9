"""What this person can do with an item now, as buttons; a button that is not available says why.

The services decide; this only asks the same policies and states, so that a page offers what will be accepted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from agenda.items.models import Item
from agenda.items.policies import (
    may_accept,
    may_approve_urgent,
    may_edit,
    may_enter_paper,
    may_grant_reading,
    may_review,
    may_submit,
    may_waive,
    may_withdraw,
)
from agenda.items.services.save_draft import EDITABLE
from agenda.items.standing import Mark, SignLine, Standing
from agenda.items.workflow import UNDER_WAY, ItemState
from agenda.rules.models import CheckRule
from common.identity.actor import Actor

S = ItemState
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.VETTING, S.SIGNING, S.READY, S.RETURNED)


@dataclass(frozen=True)
class Action:
    """One verb: where its page is; `main` may be the page's one primary button."""

    verb: str
    url: str
    main: bool = False
    why_not: str = ""


def actions_for(actor: Actor, item: Item, standing: Standing) -> list[Action]:
    """In the order of importance; the first main one becomes the page's button."""

    def url(name: str, *more: object) -> str:
        return reverse(f"agenda:{name}", args=[item.pk, *more])

    found: list[Action] = []
    turn = standing.turn
    if item.state == S.SIGNING and turn and _signs(actor, turn):
        found.append(Action("签批", url("item_sign"), main=True))
    if item.state == S.SUBMITTED and may_accept(actor):
        found.append(Action("受理", url("item_accept"), main=True))
    found += _check_actions(actor, item, standing, url)
    if item.state in EDITABLE and may_edit(actor, item):
        words = {S.DRAFT: "填写呈报单", S.RETURNED: "修改后重新呈报"}.get(item.state, "改稿")
        found.append(Action(words, url("item_edit"), main=item.state in (S.DRAFT, S.RETURNED)))
    if item.state in UNDER_WAY and may_approve_urgent(actor) and _asked(item):
        found.append(Action("批准急件", url("item_approve_urgent"), main=item.state == S.SUBMITTED))
    if item.state == S.SUBMITTED and may_submit(actor, item):
        found.append(Action("申请急件", url("item_ask_urgent")))
    if item.state == S.SIGNING and may_enter_paper(actor):
        found.append(Action("补录纸质签批", url("item_paper_signature")))
    if item.state in UNDER_WAY and may_accept(actor):
        found.append(Action("退回修改", url("item_send_back")))
    if item.current_version_id and may_grant_reading(actor, item):
        found.append(Action("授权查阅", url("item_grants")))
    if item.state in WITHDRAWABLE and may_withdraw(actor, item):
        found.append(Action("撤回", url("item_withdraw")))
    return found


def _signs(actor: Actor, turn: SignLine) -> bool:
    return actor.person in (turn.person, turn.backup) and not actor.by_staff


def _asked(item: Item) -> bool:
    """Urgency was asked for and not yet approved."""
    return item.urgent_requests.exists() and not item.urgent_approvals.exists()


def _check_actions(actor: Actor, item: Item, standing: Standing, url: Callable[..., str]) -> list[Action]:
    """A check's reviewer concludes or confirms; 区委办主任 may waive what can be waived."""
    if item.state not in UNDER_WAY:
        return []
    found = []
    for check in standing.checks:
        if may_review(actor, item, check.rule):
            if check.mark is Mark.STALE and check.confirmable:
                found.append(Action(f"确认{check.label}", url("item_confirm", check.kind), main=True))
            words = f"重做{check.label}" if check.opinion else f"办理{check.label}"
            found.append(Action(words, url("item_check", check.kind), main=not check.passed))
        if check.rule.need == CheckRule.Need.WAIVABLE and not check.opinion and not check.waiver and may_waive(actor):
            found.append(Action(f"{check.label}不适用", url("item_waive", check.kind)))
    return found
