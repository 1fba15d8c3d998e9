"""The life of an item's file: 拟稿 → 已呈报 → 会前把关 → 签批 → 待上会 → 已列入 → 已审议.

This table alone makes the methods, the database's trigger and docs/rules.md. The hearing (agenda entry) and the
vote have lives of their own; the state here covers the file only.
"""

from django.db import models

from common.workflow import Transition, Workflow


class ItemState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    SUBMITTED = "submitted", "已呈报"
    VETTING = "vetting", "会前把关"
    SIGNING = "signing", "签批"
    READY = "ready", "待上会"
    SCHEDULED = "scheduled", "已列入"
    DELIBERATED = "deliberated", "已审议"
    HEARD = "heard", "已听取"
    RETURNED = "returned", "退回修改"
    WITHDRAWN = "withdrawn", "撤回"


S = ItemState
# Filed and not yet on an agenda: signatures, new versions and urgent requests have their time here.
UNDER_WAY = (S.SUBMITTED, S.VETTING, S.SIGNING, S.READY)
# Taken in by 秘书科: checks are concluded, confirmed and waived from then on.
CHECKABLE = (S.VETTING, S.SIGNING, S.READY)
WORKFLOW = Workflow(
    ItemState,
    S.DRAFT,
    (
        Transition(
            "submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, "呈报", "议题联络员、单位负责人", "呈报单填全，得到编号和一稿"
        ),
        Transition("accept", (S.SUBMITTED,), S.VETTING, "受理", "秘书科", "格式齐全；逾期的须书记批准急件"),
        Transition(
            "revise",
            (S.SUBMITTED, S.VETTING, S.SIGNING, S.READY),
            S.SUBMITTED,
            "提交新稿",
            "议题联络员、单位负责人",
            "新稿作废全部签字；前置程序须由审核人在新稿上确认",
        ),
        Transition("pass_checks", (S.VETTING,), S.SIGNING, "转签批", "程序", "应有的前置程序都在当前稿上通过"),
        Transition("clear", (S.SIGNING,), S.READY, "放行", "程序", "签字按路线签齐，写下放行凭证"),
        Transition("recheck", (S.SIGNING, S.READY), S.VETTING, "重新把关", "程序", "已通过的前置程序被新的结论推翻"),
        Transition("schedule", (S.READY,), S.SCHEDULED, "列入会议", "秘书科", "放行凭证对应当前稿且仍有效"),
        Transition("unschedule", (S.SCHEDULED,), S.READY, "移出会议", "秘书科、程序", "移出议程、会议取消或缓议"),
        Transition("deliberate", (S.SCHEDULED,), S.DELIBERATED, "审议完毕", "程序", "议程条目有了结果"),
        Transition("hear", (S.SCHEDULED,), S.HEARD, "听取完毕", "程序", "传达学习、通报、听取类条目结束"),
        Transition(
            "send_back",
            (S.SUBMITTED, S.VETTING, S.SIGNING, S.READY),
            S.RETURNED,
            "退回修改",
            "秘书科、当前签字人",
            "写明理由",
        ),
        Transition(
            "withdraw",
            (S.DRAFT, S.SUBMITTED, S.VETTING, S.SIGNING, S.READY, S.RETURNED),
            S.WITHDRAWN,
            "撤回",
            "议题联络员、单位负责人",
            "写明理由",
        ),
    ),
)

# How a state looks: common.web's tones.
TONES = {
    S.DRAFT: "draft",
    S.SUBMITTED: "info",
    S.VETTING: "wait",
    S.SIGNING: "wait",
    S.READY: "good",
    S.SCHEDULED: "info",
    S.DELIBERATED: "good",
    S.HEARD: "good",
    S.RETURNED: "bad",
    S.WITHDRAWN: "neutral",
}
