"""The demo's time: it begins on a morning before the demo's deadlines and stands still while the program is stopped."""

import time
from datetime import datetime, timedelta, timezone

from _platform.place import Place
from _platform.whole import write_whole

FIRST_MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=timezone(timedelta(hours=8)))
EVERY = 20  # seconds after which the time reached is written down


def start(place: Place) -> None:
    """Lets domain time go on from where it stood: writes the offset that the program adds to the machine's time."""
    reached = place.state / "domain-time"
    moment = float(reached.read_text()) if reached.exists() else FIRST_MORNING.timestamp()
    write_whole(place.clock / "offset", f"{moment - time.time():.6f}", user=place.user)
    remember(place)


def remember(place: Place) -> None:
    """Writes down the domain time reached; the program itself may have moved the offset."""
    moment = time.time() + float((place.clock / "offset").read_text())
    write_whole(place.state / "domain-time", f"{moment:.6f}")
