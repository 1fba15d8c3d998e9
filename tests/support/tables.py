"""Tables of what happens, state × verb × role.

`y` it is done, `-` refused for the person, `x` refused for the state or a rule.
"""

from collections.abc import Callable, Collection
from itertools import product

from django.db import transaction

from common.services import NotAllowed, Refused


def happens(act: Callable[..., object], *given: object) -> str:
    """What the act comes to, undone again."""
    try:
        with transaction.atomic():
            act(*given)
            transaction.set_rollback(True)
    except NotAllowed:
        return "-"
    except Refused:
        return "x"
    return "y"


def read_table(
    text: str, states: list[str], verbs: Collection[str], roles: list[str]
) -> dict[tuple[str, str, str], str]:
    """(state, verb, role) → cell. A line `verb roles marks…` is for the roles named with commas, `*` for the others;
    where neither stands, the person may not."""
    cells = dict.fromkeys(product(states, verbs, roles), "-")
    lines = [line.split() for line in text.strip().splitlines()[1:]]
    assert {line[0] for line in lines} == set(verbs)
    for verb, named, *marks in sorted(lines, key=lambda line: line[1] != "*"):
        for role in roles if named == "*" else named.split(","):
            for state, mark in zip(states, marks, strict=True):
                cells[state, verb, role] = mark
    return cells
