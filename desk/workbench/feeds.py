"""Gathers what waits for a person from every floor; each floor answers in a constant number of queries."""

from datetime import date

from agenda.items.reports import waiting_for as items_waiting
from agenda.meetings.reports import waiting_for as meetings_waiting
from common.audit.kept import kept
from common.identity.actor import Actor
from common.web.tasks import Task
from decisions.ballots.reports import waiting_for as ballots_waiting
from decisions.console.reports import waiting_for as hall_waiting
from decisions.minutes.reports import waiting_for as minutes_waiting

FEEDS = (items_waiting, meetings_waiting, ballots_waiting, hall_waiting, minutes_waiting)


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """待我办, by due day, for the list and for the number beside the entry; gathered anew when anything was written."""
    if "waiting" not in actor.memory:
        actor.memory["waiting"] = kept(actor, "waiting", lambda: _gathered(actor, today))
    return actor.memory["waiting"]


def _gathered(actor: Actor, today: date) -> list[Task]:
    return sorted((task for feed in FEEDS for task in feed(actor, today)), key=lambda task: task.order)
