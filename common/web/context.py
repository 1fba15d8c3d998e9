"""What every page's frame needs: entries, day, who acts, large type; asked only when the template shows it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from common import clock
from common.identity.actor import Actor
from common.web.navigation import MAIN, Shown, entries_for


class Frame:
    """The frame of one page; each part is worked out when the template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor | None:
        return getattr(self.request, "actor", None)

    @cached_property
    def nav(self) -> list[Shown]:
        return entries_for(self.actor, self.request.path) if self.actor else []

    @cached_property
    def main(self) -> list[Shown]:
        return [entry for entry in self.nav if entry.group == MAIN]

    @cached_property
    def office(self) -> list[Shown]:
        return [entry for entry in self.nav if entry.group != MAIN]

    @cached_property
    def behind_more(self) -> list[Shown]:
        """What stands behind 更多 when the frame is narrow."""
        return [entry for entry in self.nav if entry.extra or entry.group != MAIN]

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def demo(self) -> bool:
        return settings.MODE == "demo"

    @cached_property
    def large(self) -> bool:
        """大字版: kept with the login."""
        return bool(getattr(getattr(self.request, "user", None), "large_type", False))

    @cached_property
    def large_url(self) -> str:
        return _url("common:large_type")

    @cached_property
    def search_url(self) -> str:
        return _url("desk:search")


def _url(name: str) -> str:
    """The address of a page that this installation may not have; empty then."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`."""
    return {"frame": Frame(request)}
