"""五不上会: which conclusions pass, what a complete file holds, and what it still lacks (rules.md §3). Pure."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from agenda.items.models import CONCLUSIONS, Conclusion
from agenda.rules.models import CheckKind

C = Conclusion
PASSING = frozenset({C.SUFFICIENT, C.FEASIBLE, C.LOW, C.MIDDLE, C.LAWFUL, C.EXPLORATORY, C.PRESENT})
# Fulfilled when the reviewer confirms them on the changed version (rules.md §3); until then they hold the item.
FULFILLED_BY_CHANGE = {C.FEASIBLE_IF_CHANGED: C.FEASIBLE, C.LAWFUL_IF_CHANGED: C.LAWFUL}


class Detail(NamedTuple):
    """A point of a check's file that is asked for with a passing conclusion."""

    key: str
    label: str
    help: str = ""


class CheckPaper(NamedTuple):
    """A document of a check's file; a passing conclusion needs those that are required."""

    key: str
    label: str
    required: bool = True


DETAILS: dict[str, tuple[Detail, ...]] = {
    CheckKind.RESEARCH: (
        Detail("when", "调研时间"),
        Detail("where", "调研地点"),
        Detail("whom", "调研对象", "走访、座谈了哪些单位和群众"),
    ),
    CheckKind.EXPERT: (
        Detail("experts", "参加论证的专家", "姓名、单位、专业，持不同意见的也要列入"),
        Detail("no_interest", "利害关系审查", "逐人说明与本事项无利害关系"),
        Detail("taken_up", "意见采纳情况", "采纳了哪些；未采纳的说明理由"),
    ),
    CheckKind.RISK: (
        Detail("heard", "征求意见的部门和群众"),
        Detail("risks", "主要风险点"),
        Detail("measures", "防范化解措施"),
        Detail("contingency", "应急处置安排"),
        Detail("filed_with", "评估报告报备单位"),
    ),
    CheckKind.LEGAL: (
        Detail("basis", "法律依据"),
        Detail("power", "权限", "是否属于法定权限"),
        Detail("procedure", "程序", "是否履行法定程序"),
        Detail("content", "内容", "是否符合法律、法规、规章"),
        Detail("counsel", "法律顾问意见"),
    ),
    CheckKind.PLAN: (
        Detail("emergency", "应急预案要点"),
        Detail("opinion", "舆情应对要点"),
        Detail("stability", "维稳预案要点"),
        Detail("person", "负责人"),
        Detail("phone", "联系电话"),
    ),
}
OTHER_PAPER = CheckPaper("other", "其他材料", required=False)
PAPERS: dict[str, tuple[CheckPaper, ...]] = {
    CheckKind.RESEARCH: (CheckPaper("report", "调研报告"), OTHER_PAPER),
    CheckKind.EXPERT: (CheckPaper("opinions", "专家签名的书面意见"), OTHER_PAPER),
    CheckKind.RISK: (CheckPaper("assessment", "风险评估报告"), OTHER_PAPER),
    CheckKind.LEGAL: (CheckPaper("review", "合法性审查意见书"), OTHER_PAPER),
    CheckKind.PLAN: (CheckPaper("plan", "预案文本"), OTHER_PAPER),
}
_REFUSALS = {
    C.INSUFFICIENT: "调查研究不充分，不能上会。请补充调研后由审核人重新作出结论。",
    C.INFEASIBLE: "专家论证结论为不可行，不能上会。请修改方案、提交新稿后重新论证。",
    C.FEASIBLE_IF_CHANGED: "专家论证结论为修改后可行。请按意见修改并提交新稿，再由审核人在新稿上确认。",
    C.HIGH: "风险评估为高风险，不能上会。请采取措施降低风险、提交新稿后重新评估。",
    C.UNLAWFUL: "合法性审查结论为不合法，不能上会。请修改后提交新稿，重新审查。",
    C.LAWFUL_IF_CHANGED: "合法性审查结论为修改后合法。请按意见修改并提交新稿，再由审查人在新稿上确认。",
    C.ABSENT: "没有预案，不能上会。请制定应急、舆情和维稳预案后由审核人重新作出结论。",
}


def fits(kind: str, conclusion: str) -> bool:
    """Is this a conclusion of this check?"""
    return conclusion in CONCLUSIONS[kind]


def why_not_passed(conclusion: str, measures_confirmed: bool) -> str:
    """Why an item with this conclusion cannot come up; empty where it can."""
    if conclusion == C.MIDDLE and not measures_confirmed:
        return "风险评估为中风险，化解措施还没有确认。请审核人确认措施到位后重新记录。"
    return _REFUSALS.get(Conclusion(conclusion), "")


def passes(conclusion: str, measures_confirmed: bool) -> bool:
    return not why_not_passed(conclusion, measures_confirmed)


def lacking(
    kind: str, conclusion: str, *, summary: str, details: Mapping[str, Any], papers: Collection[str]
) -> dict[str, str]:
    """What the file of a check still lacks before it may be recorded: field → sentence.

    A conclusion that stops the item needs its opinion only; one that lets it pass, now or when changed, the whole file.
    `papers` are the keys of the documents given.
    """
    label = CheckKind(kind).label
    if not fits(kind, conclusion):
        allowed = "、".join(one.label for one in CONCLUSIONS[kind])
        return {"conclusion": f"{label}的结论只能是：{allowed}。"}
    missing = {} if summary.strip() else {"summary": f"请写明{label}的意见。"}
    if conclusion not in PASSING and conclusion not in FULFILLED_BY_CHANGE:
        return missing
    for detail in DETAILS[kind]:
        if not str(details.get(detail.key, "")).strip():
            missing[f"details.{detail.key}"] = f"{label}还缺「{detail.label}」，请审核人补写后再记录结论。"
    for paper in PAPERS[kind]:
        if paper.required and paper.key not in papers:
            missing[f"papers.{paper.key}"] = f"{label}还缺{paper.label}，请上传后再记录结论。"
    return missing
