"""The life of a secret ballot; there is no way back, only a new ballot."""

from django.db import models

from common.workflow import Transition, Workflow


class BallotState(models.TextChoices):
    DRAFT = "draft", "拟定"
    CONFIRMED = "confirmed", "已确认"
    ISSUED = "issued", "已发票"
    CLOSED = "closed", "已截止"
    COUNTED = "counted", "已计票"
    REPORTED = "reported", "已报告"
    VOIDED = "voided", "已作废"


B = BallotState
LIVE = (B.DRAFT, B.CONFIRMED, B.ISSUED, B.CLOSED)
WORKFLOW = Workflow(
    BallotState,
    B.DRAFT,
    (
        Transition("confirm", (B.DRAFT,), B.CONFIRMED, "确认", "总监票人、监票人", "两名监票人确认应到、名单和回避"),
        Transition(
            "issue", (B.CONFIRMED,), B.ISSUED, "发票", "总监票人和另一人",
            "两人确认；到会够法定人数；用设备的，三名监票人都取了口令、投票人不少于五人",
        ),
        Transition(
            "close", (B.ISSUED,), B.CLOSED, "截止", "程序；主持人和总监票人",
            "全部投完自动截止；提前截止须两人确认并写明理由；纸质的由总监票人收票",
        ),
        Transition(
            "count", (B.CLOSED,), B.COUNTED, "计票", "监票人、计票人",
            "设备：两份监票口令，票数、摘要逐一相符；纸质：两名计票人分别清点且一致",
        ),
        Transition("report", (B.COUNTED,), B.REPORTED, "签署报告单", "总监票人、监票人", "监票人逐人签署"),
        Transition(
            "void", LIVE, B.VOIDED, "作废", "秘书科；发票后由总监票人或主持人", "写明理由；不开启选票，另发新票"
        ),
    ),
)  # fmt: skip
