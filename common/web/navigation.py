"""Entries of the frame: apps register theirs in AppConfig.ready(), a page shows those its actor may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.identity.actor import Actor

MAIN, OFFICE = "main", "office"
# On the phone so many entries stand at the bottom; the rest is behind 更多.
AT_HAND = 4


@dataclass(frozen=True)
class Entry:
    """One entry as registered. `shortcut` is the letter after g."""

    key: str
    label: str
    url_name: str
    order: int
    group: str
    shortcut: str
    visible: Callable[[Actor], bool]
    count: Callable[[Actor], int]


@dataclass(frozen=True)
class Shown:
    """One entry as one actor sees it on one page."""

    label: str
    url: str
    group: str
    shortcut: str
    count: int
    active: bool
    extra: bool


_entries: dict[str, Entry] = {}


def register_entry(
    key: str,
    label: str,
    url_name: str,
    order: int,
    *,
    visible: Callable[[Actor], bool] = lambda actor: True,
    count: Callable[[Actor], int] = lambda actor: 0,
    group: str = MAIN,
    shortcut: str = "",
) -> None:
    """Add an entry; `count` tells what waits for this actor, shown only above 0. The same key again replaces it."""
    _entries[key] = Entry(key, label, url_name, order, group, shortcut, visible, count)


def entries_for(actor: Actor, path: str) -> list[Shown]:
    """The entries this actor may see, in order; the one with the longest address that `path` lies under is active."""
    seen = [(entry, reverse(entry.url_name)) for entry in _entries.values() if entry.visible(actor)]
    seen.sort(key=lambda pair: (pair[0].group != MAIN, pair[0].order))
    active = max((url for _, url in seen if _under(path, url)), key=len, default="")
    return [
        Shown(
            label=entry.label,
            url=url,
            group=entry.group,
            shortcut=entry.shortcut,
            count=entry.count(actor),
            active=url == active,
            extra=place >= AT_HAND,
        )
        for place, (entry, url) in enumerate(seen)
    ]


def _under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def take_out(key: str) -> None:
    """Forget an entry (tests)."""
    _entries.pop(key, None)


def registered() -> dict[str, Any]:
    """What is registered, by key (tests)."""
    return dict(_entries)
