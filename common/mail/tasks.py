"""The worker's side of the mail queue."""

from datetime import timedelta

from celery import shared_task

from common import clock
from common.mail.models import Letter
from common.mail.send import claim_next, send_claimed

LOST_AFTER = timedelta(minutes=10)


@shared_task(name="common.mail.sweep")
def sweep() -> int:
    """Send what is queued; what a killed worker left claimed becomes 'unknown' and waits for a person."""
    Letter.everywhere.filter(state=Letter.State.CLAIMED, claimed_at__lt=clock.now() - LOST_AFTER).update(
        state=Letter.State.UNKNOWN, error="发送中断，是否送达不明。", finished_at=clock.now()
    )
    sent = 0
    while sent < 100 and (letter := claim_next()):
        send_claimed(letter)
        sent += 1
    return sent
