"""Whoever tries the demo goes to the day of the meeting by one command, and never back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from common import clock


def moved(*words: str) -> str:
    said = StringIO()
    call_command("move_clock", *words, stdout=said)
    return said.getvalue().strip()


def test_the_day_of_the_meeting_comes_by_one_command() -> None:
    assert moved("2026-11-26", "8:40") == "现在是2026年11月26日上午8:40。"
    assert f"{clock.now():%F %H:%M}" == "2026-11-26 08:40"
    assert moved() == "现在是2026年11月26日上午8:40。"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("2026-11-31",), "日期写作"),
        (("明天",), "日期写作"),
        (("2026-11-26", "25:00"), "日期写作"),
        (("2026-11-15",), "只能往后拨"),
    ],
)
def test_what_is_no_later_moment_moves_nothing(words: tuple[str, ...], why: str) -> None:
    before = clock.now()
    with pytest.raises(CommandError, match=why):
        moved(*words)
    assert (clock.now() - before).total_seconds() < 5


def test_a_real_office_follows_the_clock_of_its_server(settings) -> None:
    settings.CLOCK_FILE = ""
    with pytest.raises(CommandError, match="只有演示区的时间可以拨"):
        moved("2030-01-01")
