"""A hundred papers in a row in a process of their own, as the worker makes them: prints its memory."""

import resource
from pathlib import Path

from tests.common.documents.papers_of_the_demo import ROLLS, SCHOOL, minutes


def resident() -> float:
    """What this process holds now, in MB."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize() / 2**20


def main() -> None:
    paper = minutes(*[SCHOOL] * 6, rolls=ROLLS)
    held = 0.0
    for _ in range(100):
        paper.to_pdf()
        held = max(held, resident())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"100 papers in a row: held after a paper at most {held:.0f} MB (goal < 250), for moments {peak:.0f} MB")
