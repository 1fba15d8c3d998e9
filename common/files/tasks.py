"""Removes bytes on disk that no row knows: left by a crash between writing and commit."""

import time
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db import transaction

from common.files.models import StoredFile
from common.files.store import hold_bytes

GRACE_SECONDS = 3600


@shared_task(name="common.files.sweep_orphans")
def sweep_orphans() -> int:
    """Delete files older than an hour without a row; younger ones may belong to a transaction under way."""
    root = Path(settings.FILES_DIR)
    # File ages are the machine's own business, so the machine's clock and not the domain's.
    old = [p for p in root.glob("*/*/*") if p.is_file() and _is_old(p)]
    removed = 0
    for start in range(0, len(old), 500):
        batch = {p.name: p for p in old[start : start + 500]}
        known = set(StoredFile.everywhere.filter(sha256__in=batch).values_list("sha256", flat=True))
        removed += sum(_remove(batch[name]) for name in batch.keys() - known)
    return removed


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > GRACE_SECONDS


def _remove(path: Path) -> bool:
    """Look once more while nobody can be storing the same bytes, then delete."""
    with transaction.atomic():
        if not hold_bytes(path.name, alone=True) or StoredFile.everywhere.filter(sha256=path.name).exists():
            return False
        path.unlink(missing_ok=True)
        return True
