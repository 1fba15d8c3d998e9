"""五不上会 as a table: each conclusion passes or says why not, each file is complete or says what it lacks."""

import pytest

from agenda.items.gates import DETAILS, FULFILLED_BY_CHANGE, PAPERS, lacking, passes, why_not_passed
from agenda.items.models import CONCLUSIONS, Conclusion
from agenda.rules.models import CheckKind

# rules.md §3, written out.
GATES = [
    ("research", "sufficient", True),
    ("research", "insufficient", False),
    ("expert", "feasible", True),
    ("expert", "feasible_if_changed", False),
    ("expert", "infeasible", False),
    ("risk", "low", True),
    ("risk", "middle", False),
    ("risk", "high", False),
    ("legal", "lawful", True),
    ("legal", "lawful_if_changed", False),
    ("legal", "exploratory", True),
    ("legal", "unlawful", False),
    ("plan", "present", True),
    ("plan", "absent", False),
]


def test_the_table_names_every_conclusion_once() -> None:
    assert {(kind, conclusion) for kind, conclusion, _ in GATES} == {
        (kind, conclusion) for kind, fitting in CONCLUSIONS.items() for conclusion in fitting
    }


@pytest.mark.parametrize(("kind", "conclusion", "passing"), GATES)
def test_each_conclusion_passes_or_says_why_not(kind: str, conclusion: str, passing: bool) -> None:
    assert passes(conclusion, measures_confirmed=False) is passing
    assert bool(why_not_passed(conclusion, measures_confirmed=False)) is not passing


def test_middle_risk_passes_with_measures_confirmed_and_high_risk_never() -> None:
    assert passes(Conclusion.MIDDLE, measures_confirmed=True)
    assert not passes(Conclusion.HIGH, measures_confirmed=True)


def test_conditional_conclusions_are_fulfilled_by_their_unconditional_ones() -> None:
    assert FULFILLED_BY_CHANGE == {"feasible_if_changed": "feasible", "lawful_if_changed": "lawful"}


@pytest.mark.parametrize("kind", CheckKind.values)
def test_a_passing_conclusion_needs_the_whole_file(kind: str) -> None:
    conclusion = CONCLUSIONS[kind][0]
    missing = lacking(kind, conclusion, summary="", details={}, papers=())
    assert set(missing) == {
        "summary",
        *(f"details.{detail.key}" for detail in DETAILS[kind]),
        *(f"papers.{paper.key}" for paper in PAPERS[kind] if paper.required),
    }
    whole = {detail.key: "有" for detail in DETAILS[kind]}
    assert not lacking(kind, conclusion, summary="好", details=whole, papers={p.key for p in PAPERS[kind]})


def test_the_missing_expert_opinion_is_named() -> None:
    details = {detail.key: "有" for detail in DETAILS[CheckKind.EXPERT]}
    missing = lacking("expert", "feasible", summary="可行", details=details, papers=())
    assert missing == {"papers.opinions": "专家论证还缺专家签名的书面意见，请上传后再记录结论。"}


def test_a_conclusion_that_stops_the_item_needs_its_opinion_only() -> None:
    assert lacking("risk", "high", summary="", details={}, papers=()).keys() == {"summary"}
    assert not lacking("risk", "high", summary="群众反映强烈", details={}, papers=())


def test_a_conclusion_of_another_check_is_refused() -> None:
    missing = lacking("legal", "low", summary="合法", details={}, papers=())
    assert missing == {"conclusion": "合法性审查的结论只能是：合法、修改后合法、探索性（明示风险）、不合法。"}
