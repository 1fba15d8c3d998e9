"""The worker's side of the mail queue."""

from datetime import timedelta
from time import monotonic

from celery import shared_task

from common import clock
from common.mail.models import Letter
from common.mail.send import claim_next, send_claimed

LOST_AFTER = timedelta(minutes=10)
AT_ONCE = 100
# Seconds after which no further letter is taken. A slow server may hold one for EMAIL_TIMEOUT at each of some 8 steps,
# and the task's soft time limit must not fall between a letter's leaving and the note that it left.
ENOUGH = 60.0


@shared_task(name="common.mail.sweep")
def sweep() -> int:
    """Send what is queued; what a killed worker left claimed becomes 'unknown' and waits for a person.

    What is left after a minute the next sweep takes.
    """
    Letter.everywhere.filter(state=Letter.State.CLAIMED, claimed_at__lt=clock.now() - LOST_AFTER).update(
        state=Letter.State.UNKNOWN, error="发送中断，是否送达不明。", finished_at=clock.now()
    )
    began, sent = monotonic(), 0
    while sent < AT_ONCE and (letter := claim_next()):
        send_claimed(letter)
        sent += 1
        if monotonic() - began > ENOUGH:
            break
    return sent
