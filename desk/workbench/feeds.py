"""Gathers what waits for a person from every floor; each floor answers in a constant number of queries."""

from datetime import date

from agenda.items.reports import waiting_for as items_waiting
from agenda.meetings.reports import waiting_for as meetings_waiting
from common.identity.actor import Actor
from common.web.tasks import Task
from decisions.console.reports import waiting_for as hall_waiting
from decisions.minutes.reports import waiting_for as minutes_waiting

FEEDS = (items_waiting, meetings_waiting, hall_waiting, minutes_waiting)


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """待我办, by due day; asked once a request, for the list and for the number beside the entry."""
    if "waiting" not in actor.memory:
        actor.memory["waiting"] = sorted((task for feed in FEEDS for task in feed(actor, today)), key=lambda t: t.order)
    return actor.memory["waiting"]
