"""A new version of the rules for filing: whole, sealed, from a day; kinds of matter change with it alone."""

from dataclasses import replace
from datetime import date

import pytest

from agenda.rules.defaults import MATTERS, MatterSpec, RouteSpec, StepSpec
from agenda.rules.draft import RulesDraft, changes, draft_of
from agenda.rules.models import AgendaRuleSet, CheckKind, MatterKind, SignStep, rules_on
from agenda.rules.services.adopt_matters import adopt_matters
from agenda.rules.services.adopt_rules import adopt_agenda_rules
from agenda.rules.services.revise_rules import revise_rules
from common.records.canonical import read_canonical
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY, SOURCE = date(2026, 12, 1), "区委常委会第21次会议修订"
LEGAL, EXPERT = CheckKind.LEGAL, CheckKind.EXPERT


@pytest.fixture
def before(district: District) -> RulesDraft:
    return draft_of(present(), date(2026, 11, 16))


def present() -> AgendaRuleSet:
    return rules_on(date(2026, 11, 16))


def revise(district: District, draft: RulesDraft, actor=None, **changed) -> AgendaRuleSet:
    fields = {"valid_from": DAY, "source": SOURCE, "draft": draft}
    return revise_rules(actor=actor or district.office, **{**fields, **changed})


def with_check(draft: RulesDraft, code: str, kind: str, need: str) -> RulesDraft:
    matters = [
        replace(matter, checks=matter.checks | {kind: need}) if matter.spec.code == code else matter
        for matter in draft.matters
    ]
    return replace(draft, matters=tuple(matters))


def test_the_new_version_holds_from_its_day_and_the_old_one_until_the_day_before(
    district: District, before: RulesDraft
) -> None:
    draft = replace(with_check(before, "projects", EXPERT, "required"), numbers=before.numbers | {"file_days": 7})
    new = revise(district, draft)
    assert (rules_on(DAY), new.version, new.file_days) == (new, 2, 7)
    assert rules_on(date(2026, 11, 30)).version == 1
    assert draft_of(new, DAY) == draft
    assert verbs(new) == ["adopt_agenda_rules"]


def test_it_is_sealed_whole(district: District, before: RulesDraft) -> None:
    frozen = read_canonical(bytes(revise(district, before).record.payload))
    assert frozen["numbers"]["file_days"] == 5
    assert len(frozen["matters"]) == len(MATTERS)
    assert frozen["routes"][1]["required_attachment"] == "government_minutes"
    assert [step["office"] for step in frozen["routes"][1]["steps"]][2] == "mayor"


def test_a_kind_of_matter_comes_in_and_goes_out_with_a_version(district: District, before: RulesDraft) -> None:
    funds = next(matter for matter in before.matters if matter.spec.code == "funds")
    new = replace(funds, spec=MatterSpec("added", "国有资产处置", "standing", "major"))
    kept = [matter for matter in before.matters if matter.spec.code != "funds"]
    revise(district, replace(before, matters=(*kept, new)))
    codes = set(MatterKind.objects.on(DAY).values_list("code", flat=True))
    assert "added" in codes
    assert "funds" not in codes
    assert "funds" in set(MatterKind.objects.on(date(2026, 11, 30)).values_list("code", flat=True))
    assert rules_on(DAY).checks.filter(matter_kind__code="added").count() == 5


def test_a_route_may_be_countersigned_by_a_unit(district: District, before: RulesDraft) -> None:
    party = before.routes[-1]
    steps = (*party.steps[:2], StepSpec(SignStep.Office.COUNTERSIGN, district.unit("财政局")), *party.steps[2:])
    new = revise(district, replace(before, routes=(*before.routes[:-1], replace(party, steps=steps))))
    assert [step.unit for step in new.routes.get(code="party").steps.all() if step.unit] == [district.unit("财政局")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_from": date(2026, 7, 18)}, "现行规则自 2026年7月18日 起施行"),
        ({"source": " "}, "请写明规则的依据"),
    ],
)
def test_it_needs_a_later_day_and_a_basis(district: District, before: RulesDraft, change, words) -> None:
    with refused(words):
        revise(district, before, **change)
    assert AgendaRuleSet.objects.count() == 1


def test_what_does_not_fit_together_is_refused(district: District, before: RulesDraft) -> None:
    with refused("呈报截止不能晚于分送材料"):
        revise(district, replace(before, numbers=before.numbers | {"papers_days": 9}))
    with refused("的议题没有签批路线可走"):
        revise(district, replace(before, routes=before.routes[:1]))
    with refused("没有签字人"):
        revise(district, replace(before, routes=(*before.routes, RouteSpec("x", "空路线", ()))))
    with refused("议事范围不能一项都没有"):
        revise(district, replace(before, matters=()))
    with refused("同一个代码"):
        revise(district, replace(before, matters=(*before.matters, before.matters[0])))
    assert AgendaRuleSet.objects.count() == 1
    assert MatterKind.objects.on(DAY).count() == len(MATTERS)


def test_a_head_of_a_unit_may_not_change_the_rules(district: District, before: RulesDraft) -> None:
    for actor in (district.head, district.liaison, district.leader, district.secretary):
        with not_allowed():
            revise(district, before, actor)
        with not_allowed():
            adopt_agenda_rules(actor=actor, valid_from=DAY, source=SOURCE)


def test_a_matter_cannot_slip_in_without_its_checks(district: District) -> None:
    with refused("请随新版规则一起增加"):
        adopt_matters(
            actor=district.office, valid_from=DAY, source=SOURCE, matters=[MatterSpec("x", "新", "standing", "major")]
        )
    adopt_matters(actor=district.office, valid_from=DAY, source=SOURCE)
    assert MatterKind.objects.count() == len(MATTERS)


def test_the_database_keeps_a_sealed_version_as_it_is(district: District) -> None:
    rules = present()
    for statement in (
        "UPDATE agenda_agendaruleset SET file_days = 1 WHERE id = %s",
        "INSERT INTO agenda_signroute (committee_id, rule_set_id, code, name, unit_kinds, handlings,"
        " required_attachment, position) SELECT committee_id, id, 'x', 'x', '[]', '[]', '', 9"
        " FROM agenda_agendaruleset WHERE id = %s",
        "INSERT INTO agenda_signstep (committee_id, route_id, position, office) SELECT r.committee_id, r.id, 9, 'mayor'"
        " FROM agenda_signroute r WHERE r.code = 'party' AND r.rule_set_id = %s",
        "INSERT INTO agenda_checkrule (committee_id, rule_set_id, matter_kind_id, check_kind, need, reviewer, source)"
        " SELECT r.committee_id, r.id, m.id, 'plan', 'required', 'unit_head', '' FROM agenda_agendaruleset r"
        " JOIN agenda_matterkind m ON m.committee_id = r.committee_id AND m.code = 'convey' WHERE r.id = %s",
    ):
        with database_refuses("上会规则已经存证，不能再改"):
            sql(statement, rules.pk)


def test_changes_are_said_one_by_one(before: RulesDraft) -> None:
    assert changes(before, before) == []
    new = with_check(replace(before, numbers=before.numbers | {"file_days": 7}), "projects", EXPERT, "required")
    new = replace(new, reviewers=new.reviewers | {LEGAL: "unit_head"}, routes=new.routes[::-1])
    said = [(each.what, each.before, each.after) for each in changes(before, new)]
    assert said[:3] == [
        ("会前几个工作日截止呈报", "5", "7"),
        ("合法性审查的审核人", "合法性审查人", "单位负责人"),
        ("重大项目：专家论证", "可说明不适用", "必须"),
    ]
    assert said[3] == ("签批路线的先后", "传达学习、政府系统、党委系统", "党委系统、政府系统、传达学习")
