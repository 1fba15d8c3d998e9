"""Gives up what was typed of the next rules of voting."""

from committee.register.policies import demand_keeper
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.rules.models import VotingRulesDraft


@service
def drop_rules_draft(*, actor: Actor) -> None:
    """The versions stay as they are."""
    draft = VotingRulesDraft.objects.select_for_update().first()
    demand_keeper(actor)
    if draft is None:
        raise Refused("没有表决规则的草稿。")
    audit(actor, "drop_rules_draft", draft, label="放弃表决规则草稿")
    draft.delete()
