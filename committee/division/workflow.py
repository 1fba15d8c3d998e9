"""States of a division of duties: 起草 → 已生效 → 已被取代; a draft can be dropped."""

from django.db import models

from common.workflow import Transition, Workflow


class DivisionState(models.TextChoices):
    DRAFT = "draft", "起草"
    IN_FORCE = "in_force", "已生效"
    SUPERSEDED = "superseded", "已被取代"
    DROPPED = "dropped", "已放弃"


S = DivisionState
WORKFLOW = Workflow(
    DivisionState,
    S.DRAFT,
    (
        Transition(
            "put_in_force", (S.DRAFT,), S.IN_FORCE, "生效", "秘书科", "写明通过的会议和生效日，每位领导至少一行"
        ),
        Transition("supersede", (S.IN_FORCE,), S.SUPERSEDED, "被取代", "程序", "新的分工生效时"),
        Transition("drop", (S.DRAFT,), S.DROPPED, "放弃", "秘书科", "写明理由"),
    ),
)
