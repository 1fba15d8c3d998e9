"""The life of a round of voting."""

from django.db import models

from common.workflow import Transition, Workflow


class RoundState(models.TextChoices):
    OPEN = "open", "表决中"
    CLOSED = "closed", "已计票"
    VOIDED = "voided", "已作废"


R = RoundState
WORKFLOW = Workflow(
    RoundState,
    R.OPEN,
    (
        Transition("close", (R.OPEN,), R.CLOSED, "宣布结果", "秘书科", "应有的表决都已登记"),
        Transition(
            "void", (R.OPEN, R.CLOSED), R.VOIDED, "作废", "秘书科", "写明理由；已计票的，须回避登记有误、本项尚未议决"
        ),
    ),
)
