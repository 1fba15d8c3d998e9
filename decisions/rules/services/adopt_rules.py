"""Adopts quorum and majority for all bodies and kinds of matter from a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from committee.bodies.models import Body
from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.records.chain import seal
from common.records.models import ChainRecord
from common.services import Refused, service
from common.web.formats import cn_full_date
from decisions.rules.defaults import DEFAULTS
from decisions.rules.models import VotingRule, VotingRulesDraft, VotingRuleSet
from decisions.rules.spec import CADRE, ORDINARY, VotingSpec, columns_of, frozen, problem, spec_of

DECISION = "decision/"


@service
def adopt_voting_rules(
    *,
    actor: Actor,
    valid_from: date,
    source: str,
    lines: Iterable[VotingSpec] = DEFAULTS,
    adopted_by: ChainRecord | None = None,
) -> VotingRuleSet:
    """Put a set in force; 书记专题会 has no line, so no vote can ever be opened there (rules.md §1).

    `adopted_by`: the sealed decision that adopted it; without one, `source` names the paper that did. The draft goes.
    """
    before = VotingRuleSet.objects.select_for_update().standing().order_by("-version").first()
    demand_keeper(actor)
    lines = list(lines)
    if not source.strip():
        raise Refused("请写明规则的依据。", field="source")
    if adopted_by and not adopted_by.schema.startswith(DECISION):
        raise Refused("所选的存证不是会议决定，请重新选择通过本规则的决定。", field="adopted_by")
    _demand_lines(lines)
    if before and valid_from <= before.valid_from:
        raise Refused(f"现行规则自 {cn_full_date(before.valid_from)} 起施行，新规则须在其后施行。", field="valid_from")
    if before:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    rules = VotingRuleSet.objects.create(
        committee=actor.committee,
        version=before.version + 1 if before else 1,
        source=source.strip(),
        adopted_by=adopted_by,
        valid_from=valid_from,
        recorded_at=clock.now(),
    )
    for line in lines:
        VotingRule.objects.create(committee=actor.committee, rule_set=rules, **columns_of(line))
    rules.record = seal("voting_rules/2", rules, content_of(rules), actor=actor)
    rules.save(update_fields=["record"])
    VotingRulesDraft.objects.all().delete()
    audit(actor, "adopt_voting_rules", rules, source=source)
    return rules


def _demand_lines(lines: list[VotingSpec]) -> None:
    """Every line makes a rule, 常委会 has one for both kinds of matter, 书记专题会 has none."""
    named = [(line.body_kind, line.matter) for line in lines]
    if not {(Body.Kind.STANDING, ORDINARY), (Body.Kind.STANDING, CADRE)} <= set(named):
        raise Refused("常委会的一般事项和干部任免都要有表决规则。")
    if len(set(named)) < len(named):
        raise Refused("同一机构的同一类事项只能有一条表决规则。")
    for line in lines:
        if line.body_kind == Body.Kind.SECRETARY_MEETING:
            raise Refused("书记专题会只作酝酿，不表决，不能有表决规则。")
        if wrong := problem(line):
            raise Refused(f"{line.name}：{wrong[1]}")


def content_of(rules: VotingRuleSet) -> dict[str, object]:
    """The whole set as it is frozen."""
    return {
        "version": rules.version,
        "source": rules.source,
        "adopted_by": rules.adopted_by.seq if rules.adopted_by else None,
        "valid_from": rules.valid_from,
        "rules": [frozen(spec_of(rule)) for rule in rules.rules.order_by("pk")],
    }
