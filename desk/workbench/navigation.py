"""工作台 in the frame, with the number of what waits."""

from common import clock
from common.identity.actor import Actor
from common.web.navigation import register_entry
from desk.workbench.feeds import waiting_for


def _count(actor: Actor) -> int:
    """One query on every page as long as nothing was written."""
    return len(waiting_for(actor, clock.today()))


register_entry("workbench", "工作台", "desk:workbench", 10, count=_count, shortcut="d")
