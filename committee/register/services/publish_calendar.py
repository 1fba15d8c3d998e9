"""Enters the working days of a year when the State Council has published them."""

from collections.abc import Collection

from django.db import transaction

from committee.register.calendar import ExceptionalDay, changed_days
from committee.register.policies import demand_calendar_keeper
from common.audit.log import audit
from common.calendar.models import CalendarDay
from common.calendar.publish import forget_calendar
from common.identity.actor import Actor
from common.services import Refused, nothing_to_do, service


@service
def publish_calendar(*, actor: Actor, year: int, exceptions: Collection[ExceptionalDay], source: str) -> int:
    """Write every day of the year: the week, and the published exceptions to it. Returns how many days changed.

    Deadlines already counted stay as they are; pages that showed 暂按 count anew.
    """
    demand_calendar_keeper(actor)
    if not source.strip():
        raise Refused("请写明放假安排的文号，如「国办发明电〔2026〕7号」。", field="source")
    changed = changed_days(year, exceptions)
    if not changed:
        nothing_to_do()
        return 0
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, working=working, name=name, source=source.strip()) for day, working, name in changed],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["working", "name", "source"],
    )
    transaction.on_commit(forget_calendar)
    named = [f"{each.day} {'班' if each.working else '休'} {each.name}".rstrip() for each in exceptions]
    audit(actor, "publish_calendar", actor.committee, label=f"{year} 年工作日历", source=source.strip(), days=named)
    return len(changed)
