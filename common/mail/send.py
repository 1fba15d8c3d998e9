"""Queues, sends and retries letters."""

import secrets
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.mail.models import Letter
from common.services import NotAllowed, Refused, service


def queue_letter(person: Person, subject: str, body: str, *, key: str, actor: Actor) -> Letter | None:
    """Put a letter in the queue of the running transaction, once per key; None where the person has no address."""
    if not person.email or not settings.EMAIL_HOST:
        return None
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    letter, created = Letter.objects.get_or_create(
        committee=actor.committee,
        key=key,
        defaults={
            "person": person,
            "address": person.email,
            "subject": subject,
            "body": body,
            "message_id": f"<{secrets.token_hex(16)}@{host}>",
            "queued_at": clock.now(),
        },
    )
    if created:
        transaction.on_commit(_wake)
    return letter


def _wake() -> None:
    from common.mail.tasks import sweep

    try:
        sweep.apply_async(retry=False)
    except sweep.OperationalError:
        return  # Redis is away: beat's sweep finds the letter


def claim_next() -> Letter | None:
    """Take one queued letter in a committed transaction of its own; two workers never take the same one."""
    with transaction.atomic():
        letter = (
            Letter.everywhere.select_for_update(skip_locked=True)
            .filter(state=Letter.State.QUEUED)
            .order_by("pk")
            .first()
        )
        if letter is None:
            return None
        letter.state, letter.claimed_at = Letter.State.CLAIMED, clock.now()
        letter.attempts += 1
        letter.save(update_fields=["state", "claimed_at", "attempts"])
        return letter


def send_claimed(letter: Letter) -> None:
    """The one attempt. Refused by the server → failed; broken off in between → unknown, which a person must judge."""
    message = EmailMessage(letter.subject, letter.body, to=[letter.address], headers={"Message-ID": letter.message_id})
    state, error = Letter.State.SENT, ""
    try:
        with get_connection() as connection:
            connection.send_messages([message])
    except (ConnectionRefusedError, smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as problem:
        state, error = Letter.State.FAILED, f"{type(problem).__name__}: {problem}"[:300]
    except (OSError, smtplib.SMTPException) as problem:
        state, error = Letter.State.UNKNOWN, f"{type(problem).__name__}: {problem}"[:300]
    Letter.everywhere.filter(pk=letter.pk, state=Letter.State.CLAIMED).update(
        state=state, error=error, finished_at=clock.now()
    )


@service
def retry_letter(*, actor: Actor, letter: Letter, allowed: bool) -> Letter:
    """Send a failed or unknown letter again under the same Message-ID, so that a receiver shows it once.

    `allowed` is the policy's answer of the calling page (the office may).
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not allowed:
        raise NotAllowed("重发邮件由区委办秘书科办理。")
    if letter.state not in {Letter.State.FAILED, Letter.State.UNKNOWN}:
        raise Refused(f"这封邮件的状态是「{letter.get_state_display()}」，不需要重发。")
    letter.state, letter.error = Letter.State.QUEUED, ""
    letter.save(update_fields=["state", "error"])
    audit(actor, "retry_letter", letter, label=letter.subject)
    transaction.on_commit(_wake)
    return letter
