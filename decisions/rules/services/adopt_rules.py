"""Adopts quorum and majority for all bodies and kinds of matter from a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from committee.bodies.models import Body
from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused, service
from common.web.formats import cn_full_date
from decisions.rules.models import VotingRule, VotingRuleSet
from decisions.rules.tally import Operator, Threshold

AT_LEAST, MORE_THAN = VotingRule.Operator.AT_LEAST, VotingRule.Operator.MORE_THAN
ORDINARY, CADRE = VotingRule.Matter.ORDINARY, VotingRule.Matter.CADRE


@dataclass(frozen=True)
class VotingSpec:
    """One line of the table in rules.md §2: fractions as (operator, numerator, denominator)."""

    body_kind: str
    matter: str
    quorum: tuple[str, int, int]
    majority: tuple[str, int, int]
    forms: tuple[str, ...]
    source: str
    recusal_lowers_due: bool = False


OPEN_FORMS = ("oral", "show_of_hands", "recorded")
DEFAULTS = (
    VotingSpec(
        Body.Kind.STANDING, ORDINARY, (AT_LEAST, 1, 2), (MORE_THAN, 1, 2), OPEN_FORMS,
        "地方委员会工作条例：半数以上到会，赞成超过应到半数为通过",
    ),
    VotingSpec(
        Body.Kind.STANDING, CADRE, (AT_LEAST, 2, 3), (MORE_THAN, 1, 2), ("secret",),
        "干部任用条例：三分之二以上到会，同意超过应到半数为通过",
    ),
    VotingSpec(
        Body.Kind.PLENARY, ORDINARY, (AT_LEAST, 2, 3), (MORE_THAN, 1, 2), OPEN_FORMS,
        "地方委员会工作条例：三分之二以上到会，赞成超过应到半数为通过",
    ),
    VotingSpec(
        Body.Kind.PLENARY, CADRE, (MORE_THAN, 2, 3), (MORE_THAN, 1, 2), ("secret",),
        "地方组织选举工作条例：超过三分之二到会，赞成超过应到半数当选",
    ),
)  # fmt: skip


@service
def adopt_voting_rules(
    *, actor: Actor, valid_from: date, source: str, lines: Iterable[VotingSpec] = DEFAULTS
) -> VotingRuleSet:
    """Put a set in force; 书记专题会 has no line, so no vote can ever be opened there (rules.md §1)."""
    before = VotingRuleSet.objects.select_for_update().standing().order_by("-version").first()
    demand_keeper(actor)
    lines = list(lines)
    if not source.strip():
        raise Refused("请写明规则的依据。", field="source")
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
        valid_from=valid_from,
        recorded_at=clock.now(),
    )
    for line in lines:
        VotingRule.objects.create(
            committee=actor.committee,
            rule_set=rules,
            body_kind=line.body_kind,
            matter=line.matter,
            quorum_operator=line.quorum[0],
            quorum_numerator=line.quorum[1],
            quorum_denominator=line.quorum[2],
            pass_operator=line.majority[0],
            pass_numerator=line.majority[1],
            pass_denominator=line.majority[2],
            forms=list(line.forms),
            recusal_lowers_due=line.recusal_lowers_due,
            source=line.source,
        )
    rules.record = seal("voting_rules/1", rules, content_of(rules), actor=actor)
    rules.save(update_fields=["record"])
    audit(actor, "adopt_voting_rules", rules, source=source)
    return rules


def _demand_lines(lines: list[VotingSpec]) -> None:
    """Fractions that can be met, a form of voting for each line, 常委会 for both kinds of matter, no 书记专题会."""
    named = {(line.body_kind, line.matter) for line in lines}
    if not {(Body.Kind.STANDING, ORDINARY), (Body.Kind.STANDING, CADRE)} <= named:
        raise Refused("常委会的一般事项和干部任免都要有表决规则。")
    for line in lines:
        words = f"{Body.Kind(line.body_kind).label}{VotingRule.Matter(line.matter).label}"
        if line.body_kind == Body.Kind.SECRETARY_MEETING:
            raise Refused("书记专题会只作酝酿，不表决，不能有表决规则。")
        if not line.forms:
            raise Refused(f"{words}没有表决方式，请至少选一种。")
        for fraction in (line.quorum, line.majority):
            try:
                Threshold(Operator(fraction[0]), fraction[1], fraction[2])
            except ValueError as error:
                raise Refused(f"{words}：{error}") from error


def content_of(rules: VotingRuleSet) -> dict[str, object]:
    """The whole set as it is frozen."""
    fields = (
        "body_kind", "matter", "quorum_operator", "quorum_numerator", "quorum_denominator",
        "pass_operator", "pass_numerator", "pass_denominator", "forms", "recusal_lowers_due", "source",
    )  # fmt: skip
    return {
        "version": rules.version,
        "source": rules.source,
        "valid_from": rules.valid_from,
        "rules": [{name: getattr(rule, name) for name in fields} for rule in rules.rules.order_by("pk")],
    }
