"""The demo's time: it begins on a morning before the demo's deadlines and stands still while the program is stopped."""

import os
import time
from datetime import datetime, timedelta, timezone

from _platform.account import give
from _platform.place import Place

FIRST_MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=timezone(timedelta(hours=8)))
EVERY = 20  # seconds after which the time reached is written down


def start(place: Place) -> None:
    """Lets domain time go on from where it stood: writes the offset that the program adds to the machine's time."""
    reached = place.state / "domain-time"
    moment = float(reached.read_text()) if reached.exists() else FIRST_MORNING.timestamp()
    offset = place.clock / "offset"
    partial = place.clock / f"offset.{os.getpid()}"
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)  # never through a link laid by another
    with os.fdopen(handle, "w") as file:
        file.write(f"{moment - time.time():.3f}")
    give(partial, place.user)
    partial.replace(offset)
    remember(place)


def remember(place: Place) -> None:
    """Writes down the domain time reached; the program itself may have moved the offset."""
    moment = time.time() + float((place.clock / "offset").read_text())
    partial = place.state / "domain-time.new"
    partial.write_text(f"{moment:.3f}")
    partial.replace(place.state / "domain-time")
