"""The words by which sheets and columns are known: what offices write above a column, for each kind of sheet.

A heading is compared without blanks, brackets and marks (`sheets.plain_heading`). `sure` words mean the field; `weak`
words mean it only where no sure word stands in the same sheet.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of sheet that are read."""

    ROSTER = "roster"
    UNITS = "units"
    DIVISION = "division"
    AGENDA = "agenda"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a kind of sheet: its label for messages, its words, and how telling it is for the kind."""

    label: str
    sure: frozenset[str]
    weak: frozenset[str] = frozenset()
    telling: int = 1


def _column(label: str, sure: str, weak: str = "", telling: int = 1) -> Column:
    return Column(label, frozenset(sure.split()), frozenset(weak.split()), telling)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A kind of sheet: its fields, the words of its title.

    `required`: one of each group must be there for the kind to be told; `needed`: what a row cannot do without.
    """

    label: str
    columns: dict[str, Column]
    required: tuple[tuple[str, ...], ...]
    needed: tuple[str, ...]
    title_words: tuple[str, ...]


_ORDER = _column("序号", "序号 排序 排名 次序 顺序", "编号")

_ROSTER = Vocabulary(
    "委员名册",
    {
        "order": _ORDER,
        "name": _column("姓名", "姓名 委员姓名 同志姓名 名字"),
        "sex": _column("性别", "性别", telling=2),
        "ethnic": _column("民族", "民族 族别", telling=3),
        "category": _column("类别", "类别 委员类别 成员类别 人员类别 当选类别", "身份 类型 党内职务", telling=2),
        "post": _column(
            "现任职务", "现任职务 现职 现职务 工作职务 工作单位及职务 单位及职务 单位职务 现工作单位及职务", "职务 任职"
        ),
        "since": _column(
            "任职时间", "任职时间 任职日期 当选时间 当选日期 任委员时间 任职起始时间 任职起始日期", telling=2
        ),
        "term": _column("届次", "届次 届别 所属届次", telling=2),
    },
    (("name",), ("category", "since", "ethnic", "term")),
    ("name", "since"),
    ("名册", "花名册", "委员名单", "组成人员"),
)

_UNITS = Vocabulary(
    "部门单位",
    {
        "order": _ORDER,
        "short": _column("简称", "简称 单位简称 部门简称 规范简称 规范化简称", telling=3),
        "full": _column(
            "全称",
            "全称 单位全称 部门全称 规范全称",
            "单位名称 部门名称 机构名称 部门单位名称 名称 单位 部门",
            telling=2,
        ),
        "kind": _column("类型", "类型 单位类型 部门类型 机构类型 单位性质 机构性质 单位类别 部门类别", "类别 性质"),
        "head": _column(
            "主要负责人", "主要负责人 单位主要负责人 部门主要负责人 主要领导 主要负责同志", "负责人 单位负责人", 2
        ),
        "liaison": _column("议题联络员", "议题联络员 联络员 议题联系人 单位联络员", "联系人 经办人", telling=3),
        "phone": _column("电话", "电话 联系电话 办公电话 电话号码 联络电话", "联系方式 手机 手机号码"),
    },
    (("short", "full"), ("kind", "head", "liaison", "phone")),
    ("kind",),
    ("部门", "单位", "一览表", "通讯录", "机构"),
)

_DIVISION = Vocabulary(
    "分工",
    {
        "order": _ORDER,
        "leader": _column("姓名", "姓名 领导姓名 领导同志 同志姓名", "领导 区领导 常委"),
        "post": _column("职务", "职务 现任职务 党政职务"),
        "work": _column(
            "分管工作",
            "分管工作 工作分工 职责分工 分管领域 分管内容 分管工作内容 主要职责 负责工作",
            "分工 工作职责 职责",
            3,
        ),
        "departments": _column("分管部门", "分管部门 分管单位 分管部门单位 分管单位部门 主管部门 主管单位", telling=3),
        "liaisons": _column(
            "联系单位", "联系单位 联系部门 联系部门单位 联系单位部门 联系镇街 联系镇街道", "联系", telling=2
        ),
        "assists": _column("协助", "协助 协助领导 协助对象"),
        "substitutes": _column("AB角", "AB角 AB岗 B角 B岗 互为AB角 AB角领导 工作互补", telling=3),
    },
    (("leader",), ("work", "departments")),
    ("leader",),
    ("分工",),
)

_AGENDA = Vocabulary(
    "议题申报汇总",
    {
        "order": _ORDER,
        "title": _column(
            "议题名称",
            "议题名称 议题 议题题目 议题标题 上会议题 拟上会议题 汇报议题 申报议题",
            "事项名称 事项 题目 标题 名称",
            3,
        ),
        "units": _column(
            "提报单位",
            "提报单位 申报单位 提交单位 呈报单位 报送单位 汇报单位 提报部门 申报部门 呈报部门 议题提出单位 提出单位",
            "主办单位 承办单位 责任单位 主办部门 牵头单位 单位 部门",
            telling=2,
        ),
        "leaders": _column(
            "分管领导", "分管领导 分管区领导 分管县领导 分管市领导 分管常委 主管领导", "区领导 责任领导"
        ),
        "category": _column("类别", "类别 议题类别 事项类别 议题类型 事项类型", "类型"),
        "filed": _column(
            "申报日期",
            "申报日期 申报时间 提报日期 提报时间 呈报日期 呈报时间 报送日期 报送时间 提交日期",
            "日期 上报时间",
            2,
        ),
        "amount": _column(
            "涉及金额", "涉及金额 金额 涉及资金 资金规模 资金额 涉及资金额 项目金额 资金数额", "总投资 投资额"
        ),
        "major": _column(
            "是否三重一大",
            "是否三重一大 三重一大 三重一大事项 是否属三重一大 是否属于三重一大 是否三重一大事项 是否属于三重一大事项",
            telling=2,
        ),
        "presenters": _column("汇报人", "汇报人 主汇报人 议题汇报人 汇报人员 汇报人姓名", telling=2),
        "minutes": _column("汇报时长", "汇报时长 汇报用时 时长 预计时长 预计用时 用时", "汇报时间", telling=2),
        "body": _column(
            "拟上会议", "拟上会议 上会类型 建议会议 拟提交会议 拟上会类型 提交会议 上会会议 会议类型", "会议", 2
        ),
        "manner": _column("拟议方式", "拟议方式 议事方式 审议方式 表决方式 议决方式 讨论方式", telling=2),
        "classification": _column("密级", "密级 涉密等级"),
    },
    (("title",), ("units",)),
    ("title", "units", "category", "body"),
    ("议题", "申报", "汇总"),
)

_FOLLOW_UP = Vocabulary(
    "督办台账",
    {
        "order": _column("序号", "序号 排序"),
        "number": _column("编号", "编号 督办编号 督办号 督办文号 立项编号 立项号", "文号"),
        "title": _column(
            "督办事项",
            "督办事项 督办内容 议定事项 督办任务 督查事项 督办事项名称",
            "事项名称 事项 任务 工作任务 任务内容 内容",
            2,
        ),
        "source": _column(
            "来源会议", "来源会议 会议来源 来源 立项来源 事项来源 任务来源", "会议名称 会议 会次", telling=2
        ),
        "leaders": _column("责任领导", "责任领导 责任区领导 牵头领导 督办领导 包抓领导", "分管领导 区领导"),
        "lead_units": _column(
            "牵头单位", "牵头单位 牵头部门 责任单位 责任部门 主办单位 承办单位", "单位 部门", telling=2
        ),
        "co_units": _column(
            "配合单位", "配合单位 配合部门 协办单位 协办部门 参与单位 协同单位 责任配合单位", telling=2
        ),
        "registered": _column("立项日期", "立项日期 立项时间 交办日期 交办时间 下达日期 下达时间", "日期", telling=2),
        "deadline": _column(
            "办结时限",
            "办结时限 完成时限 办理时限 时限 截止日期 截止时间 办结期限 完成期限 时限要求",
            "完成时间 办结时间",
            3,
        ),
        "progress": _column("进度", "进度 完成进度 办理进度 完成率 完成比例 进度百分比", telling=2),
        "latest": _column(
            "最新进展", "最新进展 进展情况 工作进展 落实情况 目前进展 最新进展情况", "办理情况 进展", telling=2
        ),
        "problems": _column("存在问题", "存在问题 存在的问题 问题困难 存在困难 存在问题及困难 困难问题", "问题 困难"),
        "state": _column("状态", "状态 办理状态 办结状态 当前状态", "是否办结 办理结果"),
    },
    (("title",), ("lead_units",), ("deadline", "progress", "state", "registered")),
    ("title", "lead_units"),
    ("督办", "督查", "台账", "立项"),
)

VOCABULARIES = {
    Kind.ROSTER: _ROSTER,
    Kind.UNITS: _UNITS,
    Kind.DIVISION: _DIVISION,
    Kind.AGENDA: _AGENDA,
    Kind.FOLLOW_UP: _FOLLOW_UP,
}


def _fields_by_word(kind: Kind, sure: bool) -> dict[str, str]:
    """Which field a word names; of two fields with the same word the one listed first."""
    columns = VOCABULARIES[kind].columns
    words = [(word, name) for name, one in columns.items() for word in (one.sure if sure else one.weak)]
    return dict(reversed(words))


SURE = {kind: _fields_by_word(kind, sure=True) for kind in Kind}
WEAK = {kind: _fields_by_word(kind, sure=False) for kind in Kind}
