"""Keeps what is typed of the next rules of voting, so that it can be thought over and compared before it is adopted."""

from collections.abc import Mapping
from typing import Any

from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Conflict, Refused, service
from common.web.formats import cn_datetime
from decisions.rules.models import VotingRulesDraft, VotingRuleSet

MOST_TYPED = 100_000


@service
def save_rules_draft(*, actor: Actor, content: Mapping[str, Any], seen: str) -> VotingRulesDraft:
    """One draft a committee, from the newest version. `seen`: the moment of the draft that was opened, or empty.

    Whoever saves over words he has not seen is refused with who wrote them; a draft may hold what makes no rule yet.
    """
    newest = VotingRuleSet.objects.select_for_update().standing().order_by("-version").first()
    demand_keeper(actor)
    if newest is None:
        raise Refused("还没有表决规则。请先导入台账或由系统管理员建立本党委，规则随之建立。")
    if len(str(content)) > MOST_TYPED:
        raise Refused("草稿过长，没有保存。")
    draft = VotingRulesDraft.objects.select_related("changed_by").first()
    if stamp_of(draft) != seen:
        raise Conflict(_changed(draft))
    draft = draft or VotingRulesDraft(committee=actor.committee)
    draft.based_on, draft.content = newest, dict(content)
    draft.changed_at, draft.changed_by = clock.now(), actor.person
    draft.save()
    audit(actor, "save_rules_draft", draft, label="表决规则草稿", version=newest.version + 1)
    return draft


def stamp_of(draft: VotingRulesDraft | None) -> str:
    """Which draft it is: the moment it was saved; empty where there is none."""
    return str(draft.changed_at.timestamp()) if draft else ""


def _changed(draft: VotingRulesDraft | None) -> str:
    if draft is None:
        return "草稿刚刚由他人施行或者放弃，这次没有保存。请重新打开本页，再改。"
    when = cn_datetime(draft.changed_at, clock.today())
    return f"{draft.changed_by.name}于{when}改过草稿，这次没有保存。请在新窗口打开草稿，比对后再改。"
