"""The life of a meeting, and of an entry of its agenda."""

from django.db import models

from common.workflow import Transition, Workflow


class MeetingState(models.TextChoices):
    PLANNED = "planned", "筹备"
    NOTIFIED = "notified", "已通知"
    IN_SESSION = "in_session", "进行中"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


M = MeetingState
MEETING = Workflow(
    MeetingState,
    M.PLANNED,
    (
        Transition(
            "notify", (M.PLANNED, M.NOTIFIED), M.NOTIFIED, "发通知", "秘书科", "时间、地点、主持人、至少一项议程"
        ),
        Transition(
            "open",
            (M.NOTIFIED,),
            M.IN_SESSION,
            "开会",
            "秘书科",
            "会议当天，通知涵盖全部议程，到会达到法定人数；应到和规则在此刻定格",
        ),
        Transition("close", (M.IN_SESSION,), M.CLOSED, "散会", "秘书科", "每项议程都有结果"),
        Transition("cancel", (M.PLANNED, M.NOTIFIED), M.CANCELLED, "取消", "秘书科", "写明理由；议题回到待上会"),
    ),
)


class EntryState(models.TextChoices):
    """`outcome` of a heard, decided … entry is its final state; the entry, not the item, carries the outcome."""

    PENDING = "pending", "未议"
    DISCUSSING = "discussing", "审议中"
    DECIDED = "decided", "已议决"
    HEARD = "heard", "已听取"
    DEFERRED = "deferred", "缓议"
    REMOVED = "removed", "已移出"


E = EntryState
ENTRY = Workflow(
    EntryState,
    E.PENDING,
    (
        Transition("begin", (E.PENDING,), E.DISCUSSING, "开始审议", "秘书科", "会议进行中，到会人数够本项"),
        Transition("pause", (E.DISCUSSING,), E.PENDING, "放回未议", "秘书科", "尚未表决"),
        Transition("decide", (E.DISCUSSING,), E.DECIDED, "议决", "秘书科", "每个议决事项都有表决结果和议定内容"),
        Transition("hear", (E.DISCUSSING,), E.HEARD, "听取完毕", "秘书科", "听取、传达类条目"),
        Transition("defer", (E.PENDING, E.DISCUSSING), E.DEFERRED, "缓议", "秘书科", "写明理由和谁做什么"),
        Transition("remove", (E.PENDING,), E.REMOVED, "移出议程", "秘书科", "会议开始前；写明理由"),
    ),
)
