"""Row locks of a 纪要, in the order 纪要 → the one it corrects → draft, for its services."""

from common import clock
from common.services import Conflict, Refused
from common.tenancy.locking import lock_row
from common.web.formats import cn_datetime
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.workflow import EDITABLE


def lock_minutes(minutes: Minutes) -> Minutes:
    """The row with its names, locked."""
    return lock_row(Minutes.objects.with_names(clock.today()), minutes.pk)


def lock_draft(minutes: Minutes, revision: int | None) -> MinutesDraft:
    """The draft, locked; Conflict with the other's draft where it is no longer the one that was shown."""
    draft = MinutesDraft.objects.select_for_update(of=("self",)).select_related("saved_by").get(minutes=minutes)
    if revision is not None and draft.revision != revision:
        when = cn_datetime(draft.saved_at, clock.today())
        raise Conflict(f"您打开之后，{draft.saved_by.name}于{when}改过这份纪要。请看过现在的文本再办。", theirs=draft)
    return draft


def demand_editable(minutes: Minutes) -> None:
    """The text can be written on until it is reviewed."""
    if minutes.state not in EDITABLE:
        raise Refused(
            f"「{minutes}」{minutes.get_state_display()}，不能再改。"
            + (
                "要改的，请先退回修改，改后重新审核。"
                if minutes.number_id is None
                else "发现有误的，请起草更正的纪要来取代。"
            )
        )
