"""The order of an agenda as a short mark, so that a page can say which order it saw. Pure."""

from collections.abc import Iterable

from common.records.canonical import sha256_hex


def order_mark(entry_ids: Iterable[int]) -> str:
    """Equal for the same entries in the same order, and only then."""
    return sha256_hex(",".join(map(str, entry_ids)).encode())[:16]


def moved(entry_ids: list[int], entry_id: int, *, up: bool) -> list[int]:
    """The order after one step of 上移 or 下移; unchanged at the ends."""
    here = entry_ids.index(entry_id)
    there = here - 1 if up else here + 1
    order = list(entry_ids)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order
