"""Puts a drafted division in force from a day; the one before ends the day before and stays readable for ever."""

from datetime import date, timedelta

from committee.division.content import content_of
from committee.division.models import Division
from committee.division.policies import demand_drafter
from committee.division.workflow import DivisionState
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Refused, service
from common.web.formats import cn_full_date
from common.workflow import move


@service
def put_in_force(*, actor: Actor, division: Division, valid_from: date, basis: str) -> Division:
    """Freeze the draft in the chain. Refused: without basis or lines, or from a day not after the one in force."""
    open_states = [DivisionState.DRAFT, DivisionState.IN_FORCE]
    list(Division.objects.select_for_update().filter(state__in=open_states).order_by("pk"))
    # Asked after the locks: whoever held them may have put another draft in force.
    before = Division.objects.filter(state=DivisionState.IN_FORCE).first()
    division = Division.objects.select_for_update().get(pk=division.pk)
    demand_drafter(actor)
    if not basis.strip():
        raise Refused("请写明通过这份分工的会议，如「2026年9月10日区委常委会第14次会议通过」。", field="basis")
    if not division.lines.exists():
        raise Refused("这份分工还没有一行，不能生效。请先填写各位领导的分工。")
    if before and before.valid_from and valid_from <= before.valid_from:
        raise Refused(f"现行分工自 {cn_full_date(before.valid_from)} 起生效，新的生效日须在其后。", field="valid_from")
    if before:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
        move(before, "supersede", actor=actor, reason=f"由「{division.title}」取代")
    division.basis, division.valid_from, division.supersedes = basis.strip(), valid_from, before
    division.record = seal("division/1", division, content_of(division), actor=actor)
    division.save(update_fields=["basis", "valid_from", "supersedes", "record"])
    move(division, "put_in_force", actor=actor, reason=division.basis)
    audit(actor, "put_in_force", division, valid_from=valid_from.isoformat(), basis=division.basis)
    emit("division.in_force", division, actor=actor)
    return division
