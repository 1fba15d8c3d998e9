"""Sections of pages that belong together though their subjects are apart: 组织与分工, 规则与日历. Subjects add tabs."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import clock
from common.identity.actor import Actor
from common.web.listing import Tab

ORGANISATION, RULES = "organisation", "rules"


@dataclass(frozen=True)
class Place:
    """One tab as registered."""

    key: str
    label: str
    url_name: str
    order: int
    visible: Callable[[Actor], bool]


_sections: dict[str, dict[str, Place]] = defaultdict(dict)


def register_tab(
    section: str,
    key: str,
    label: str,
    url_name: str,
    order: int,
    visible: Callable[[Actor], bool] = lambda actor: True,
) -> None:
    """Add a tab; call when the app starts."""
    _sections[section][key] = Place(key, label, url_name, order, visible)


def section_tabs(section: str, actor: Actor, day: date | None = None) -> list[tuple[Tab, str]]:
    """What components/tabs.html takes; a day other than today goes along."""
    tail = f"?day={day}" if day and day != clock.today() else ""
    places = sorted(_sections[section].values(), key=lambda place: place.order)
    return [(Tab(p.key, p.label), reverse(p.url_name) + tail) for p in places if p.visible(actor)]
