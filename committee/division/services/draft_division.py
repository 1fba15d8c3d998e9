"""Starts a draft of the division, and saves its lines as one works on it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from committee.division.lines import LineInput, lines_of, under_present_names
from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.division.policies import demand_drafter
from committee.division.workflow import DivisionState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Conflict, Refused, service
from common.workflow import move


@service
def start_division(*, actor: Actor, title: str, copy_from: Division | None = None) -> Division:
    """A new draft, empty or with the lines of the division in force."""
    demand_drafter(actor)
    if not title.strip():
        raise Refused("请写明标题，如「区委常委和区政府领导分工一览表」。", field="title")
    division = Division.objects.create(committee=actor.committee, title=title.strip(), created_at=clock.now())
    if copy_from:
        _write_lines(division, under_present_names(lines_of(copy_from)))
    audit(actor, "start_division", division)
    return division


@service
def save_lines(*, actor: Actor, division: Division, lines: Iterable[LineInput], revision: int) -> Division:
    """Replace the draft's lines; of two editors the second is told and shown what stands."""
    division = draft(division, actor)
    if division.revision != revision:
        raise Conflict("您打开之后，这份分工已由他人改动。请核对两边内容后再保存。", theirs=division)
    division.lines.all().delete()
    _write_lines(division, lines)
    division.revision += 1
    division.save(update_fields=["revision"])
    audit(actor, "save_lines", division, revision=division.revision)
    return division


def draft(division: Division, actor: Actor) -> Division:
    """The division, locked, if this actor may work on it and it is still a draft."""
    division = Division.objects.select_for_update().get(pk=division.pk)
    demand_drafter(actor)
    if division.state != DivisionState.DRAFT:
        raise Refused(f"「{division}」{division.get_state_display()}，不能再改；请起草新的分工取代它。")
    return division


@service
def drop_division(*, actor: Actor, division: Division, reason: str) -> Division:
    """Give a draft up."""
    division = Division.objects.select_for_update().get(pk=division.pk)
    demand_drafter(actor)
    if not reason.strip():
        raise Refused("放弃草稿须写明理由。", field="reason")
    move(division, "drop", actor=actor, reason=reason)
    audit(actor, "drop_division", division, reason=reason)
    return division


def _write_lines(division: Division, lines: Iterable[LineInput]) -> None:
    for rank, given in enumerate(lines, start=1):
        line = DivisionLine(
            committee_id=division.committee_id,
            division=division,
            person=given.person,
            post_title=given.post_title,
            rank_order=rank,
            work=given.work,
            backup=given.backup,
        )
        check_line(line)
        line.save()
        for relation in DivisionUnit.Relation.values:
            DivisionUnit.objects.bulk_create(
                DivisionUnit(
                    committee_id=division.committee_id, line=line, unit=unit, relation=relation, rank_order=position
                )
                for position, unit in enumerate(dict.fromkeys(getattr(given, relation)), start=1)
            )


def check_line(line: DivisionLine) -> None:
    """Refuse what fields or constraints do not admit, naming the leader."""
    try:
        line.full_clean()
    except ValidationError as error:
        raise Refused(f"{line.person.name}：{'；'.join(error.messages)}") from error
