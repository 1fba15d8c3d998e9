"""The only source of time. Legal days are dates in Asia/Shanghai; nothing else asks the machine or the database.

Rule: no code but this module calls datetime.now, timezone.now, or SQL now() (a test greps for it).
In demo and tests an offset in seconds is read from settings.CLOCK_FILE, so that web, worker and beat move together.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")

_seen: tuple[int, timedelta] = (-1, timedelta())


def _offset() -> timedelta:
    """The offset of the clock file, read again only when the file has changed."""
    global _seen
    if not settings.CLOCK_FILE:
        return timedelta()
    try:
        changed = Path(settings.CLOCK_FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    if changed != _seen[0]:
        text = Path(settings.CLOCK_FILE).read_text(encoding="ascii").strip()
        _seen = (changed, timedelta(seconds=float(text or 0)))
    return _seen[1]


def now() -> datetime:
    """The moment, aware, in Shanghai time."""
    return (machine_now() + _offset()).astimezone(SHANGHAI)


def machine_now() -> datetime:
    """What the machine's clock says: only to compare with what others stamped by it (sessions, wrong passwords)."""
    return datetime.now(UTC)


def today() -> date:
    """The legal day in Shanghai."""
    return now().date()


def move_to(moment: datetime) -> None:
    """Move the clock of demo or tests to this aware moment; refused where no clock file is set."""
    if not settings.CLOCK_FILE:
        raise RuntimeError("The clock can be moved in demo and tests only.")
    seconds = (moment - datetime.now(UTC)).total_seconds()
    path = Path(settings.CLOCK_FILE)
    partial = path.with_suffix(".new")
    partial.write_text(f"{seconds:.3f}", encoding="ascii")
    partial.replace(path)
