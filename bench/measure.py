"""Times calls in turn and prints each as a ratio to its floor."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass
class Case:
    """One thing to measure. `call` returns the bytes it answered with; `floor` names the case it is compared to."""

    name: str
    call: Callable[[], bytes]
    floor: str = ""
    goal: float | None = None
    most_queries: int | None = None
    times: list[float] = field(default_factory=list)
    size: int = 0
    queries: int = 0


def measure(cases: list[Case], rounds: int) -> None:
    """A first call counts queries and size, one more warms up; then all cases in turn, `rounds` times."""
    for case in cases:
        case.call()
        with CaptureQueriesContext(connection) as captured:
            case.size = len(case.call())
        case.queries = len(captured)
    for _ in range(rounds):
        for case in cases:
            begun = time.perf_counter()
            case.call()
            case.times.append(time.perf_counter() - begun)


def print_table(title: str, cases: list[Case]) -> None:
    """Median of each, and the median of its pairwise ratios to its floor."""
    by_name = {case.name: case for case in cases}
    print(f"\n{title}")
    print(f"{'':<46}{'ms':>9}{'ratio':>8}{'goal':>7}{'KB':>9}{'queries':>9}")
    for case in cases:
        middle = statistics.median(case.times) * 1000
        ratio = goal = ""
        if case.floor:
            pairs = zip(case.times, by_name[case.floor].times, strict=True)
            value = statistics.median(own / floor for own, floor in pairs)
            ratio = f"{value:.2f}"
            goal = f"≤{case.goal:g}" if case.goal else ""
            if case.goal and value > case.goal:
                goal += " !"
        queries = str(case.queries)
        if case.most_queries is not None and case.queries > case.most_queries:
            queries += " !"
        print(f"{case.name:<46}{middle:>9.2f}{ratio:>8}{goal:>7}{case.size / 1024:>9.1f}{queries:>9}")
