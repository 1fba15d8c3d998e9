"""Every test begins on the demo's first morning and moves time with `clock`."""

from datetime import datetime, timedelta

import pytest

FIRST_MORNING = "2026-11-16 08:30"


class Clock:
    """Domain time of this process and of those it starts."""

    def set(self, moment: str) -> None:
        """Moves to a Shanghai time such as `2026-11-16 08:30` or a day's midnight; time goes on from there."""
        from common import clock

        clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI))

    def forward(self, **duration: float) -> None:
        """Moves on by days=, hours=, minutes= …"""
        from common import clock

        clock.move_to(clock.now() + timedelta(**duration))


@pytest.fixture(autouse=True)
def clock() -> Clock:
    clock = Clock()
    clock.set(FIRST_MORNING)
    return clock
