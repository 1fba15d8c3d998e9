"""The one way to write an audit row."""

from typing import Any

from django.db import models

from common import clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.identity.models import Account
from common.services import note_audited


def audit(actor: Actor, verb: str, subject: models.Model, *, label: str = "", **detail: Any) -> AuditEntry:
    """Write who did `verb` to `subject`; `detail` is JSON and never holds a secret vote."""
    entry = AuditEntry.objects.create(
        committee=actor.committee,
        at=clock.now(),
        account=actor.account,
        person=actor.person,
        person_name=str(actor)[:80],
        by_staff=actor.by_staff,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=(label or str(subject))[:200],
        detail=detail,
        source=actor.source[:80],
    )
    note_audited()
    return entry


def audit_login(account: Account, verb: str, source: str, **detail: Any) -> AuditEntry:
    """Write that a login signed in or out or was shut; it stands with the committee that opened it.

    Nobody acts for a person yet, so no person is named.
    """
    return AuditEntry.everywhere.create(
        committee=account.home,
        at=clock.now(),
        account=account,
        person_name=account.label[:80],
        verb=verb,
        subject_kind=account._meta.label_lower,
        subject_id=account.pk,
        subject_label=account.username,
        detail=detail,
        source=source[:80],
    )
