"""The difference of two texts as readers mark it: paragraph by paragraph, inside a changed one by word and figure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# A figure or a Latin word is one token, every Chinese character one of its own.
TOKEN = re.compile(r"[0-9][0-9.,%]*|[A-Za-z]+|\s+|.", re.DOTALL)
# Below this likeness two paragraphs are shown whole, the old struck out, the new after it.
ALIKE = 0.4


class Piece(NamedTuple):
    """A run of text that stayed, came in or went out."""

    kind: Literal["same", "in", "out"]
    text: str


def paragraphs(old: str, new: str) -> list[list[Piece]]:
    """The new text's paragraphs in order, those that went out between them."""
    before, after = old.splitlines(), new.splitlines()
    result: list[list[Piece]] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            result += [[Piece("same", line)] for line in after[b1:b2]]
            continue
        both = min(a2 - a1, b2 - b1)
        for place in range(both):
            result += list(_changed(before[a1 + place], after[b1 + place]))
        result += [[Piece("out", line)] for line in before[a1 + both : a2]]
        result += [[Piece("in", line)] for line in after[b1 + both : b2]]
    return result


def _changed(old: str, new: str) -> Iterator[list[Piece]]:
    """One paragraph with its marks, or two when little of it stayed."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    match = SequenceMatcher(None, before, after, autojunk=False)
    if match.ratio() < ALIKE:
        yield [Piece("out", old)]
        yield [Piece("in", new)]
        return
    pieces: list[Piece] = []
    for kind, a1, a2, b1, b2 in match.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(after[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("out", "".join(before[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("in", "".join(after[b1:b2])))
    yield pieces
