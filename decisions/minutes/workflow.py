"""The life of a 纪要: 起草 → 送审 → 审核 → 签发; a mistake found later is corrected by a superseding one."""

from django.db import models

from common.workflow import Transition, Workflow


class MinutesState(models.TextChoices):
    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待审核"
    CHECKED = "checked", "已审核"
    SIGNED = "signed", "已签发"
    SUPERSEDED = "superseded", "已被取代"


S = MinutesState
EDITABLE = (S.DRAFT, S.SUBMITTED)
FROZEN = (S.SIGNED, S.SUPERSEDED)

WORKFLOW = Workflow(
    MinutesState,
    S.DRAFT,
    (
        Transition("submit", (S.DRAFT,), S.SUBMITTED, "送审", "秘书科", "各项都已写好"),
        Transition("review", EDITABLE, S.CHECKED, "审核", "区委办主任", "审核的正是他看到的那一稿"),
        Transition("reopen", (S.SUBMITTED, S.CHECKED), S.DRAFT, "退回修改", "秘书科、区委办主任、主持人", "写明理由"),
        Transition("sign", (S.CHECKED,), S.SIGNED, "签发", "主持人", "审核之后未再改动；编号和正文在此刻定格"),
        Transition("supersede", (S.SIGNED,), S.SUPERSEDED, "被取代", "程序", "更正的纪要签发时"),
    ),
)
