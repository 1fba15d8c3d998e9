"""The demo's time begins on its first morning, stands still while the program is stopped, and may be moved."""

import time

from _platform import clock
from _platform.place import Place


def domain_time(place: Place) -> float:
    return time.time() + float((place.clock / "offset").read_text())


def test_a_new_folder_begins_on_the_first_morning(place: Place) -> None:
    clock.start(place)
    assert 0 <= domain_time(place) - clock.FIRST_MORNING.timestamp() < 5


def test_time_stands_still_between_stop_and_start(place: Place) -> None:
    clock.start(place)
    clock.remember(place)
    reached = domain_time(place)
    time.sleep(0.3)
    clock.start(place)
    assert 0 <= domain_time(place) - reached < 0.25


def test_a_day_that_the_program_was_moved_by_is_kept(place: Place) -> None:
    clock.start(place)
    offset = place.clock / "offset"
    offset.write_text(f"{float(offset.read_text()) + 86400:.3f}")
    clock.remember(place)
    clock.start(place)
    assert 86400 <= domain_time(place) - clock.FIRST_MORNING.timestamp() < 86405
