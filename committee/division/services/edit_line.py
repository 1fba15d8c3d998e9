"""Works on single lines of a draft: one leader in, out, changed, or moved in the order."""

from collections.abc import Mapping, Sequence

from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.division.services.draft_division import check_line, draft
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Conflict, Refused, nothing_to_do, service


@service
def add_line(*, actor: Actor, division: Division, person: Person) -> DivisionLine:
    """A further leader at the end of the draft, with the post as registered."""
    division = draft(division, actor)
    if person.merged_into_id:
        raise Refused(f"「{person}」已并入他人，请选择保留的那一位。", field="person")
    last = division.lines.order_by("-rank_order").first()
    line = DivisionLine(
        committee=actor.committee,
        division=division,
        person=person,
        post_title=person.post_title,
        rank_order=last.rank_order + 1 if last else 1,
    )
    check_line(line)
    line.save()
    return _touched(actor, "add_line", division, line)


@service
def save_line(
    *,
    actor: Actor,
    line: DivisionLine,
    revision: int,
    post_title: str,
    work: str,
    backup: Person | None,
    relations: Mapping[Unit, str],
) -> DivisionLine:
    """What a leader does, as typed; of two editors the second is told who was first and sees both."""
    division = draft(line.division, actor)
    stands = DivisionLine.objects.select_for_update(of=("self",)).filter(pk=line.pk).first()
    if stands is None:
        raise Refused(f"「{line.person}」已由他人移出这份草稿。如仍需要，请重新加入。")
    if stands.revision != revision:
        raise Conflict("您打开之后，这一行已由他人改动。请核对两边内容后再保存。", theirs=stands)
    before = {(row.unit_id, row.relation) for row in stands.units.all()}
    after = {(unit.pk, relation) for unit, relation in relations.items()}
    if before == after and (stands.post_title, stands.work, stands.backup) == (post_title, work, backup):
        nothing_to_do()
        return stands
    stands.post_title, stands.work, stands.backup = post_title, work, backup
    check_line(stands)
    stands.save(update_fields=["post_title", "work", "backup"])
    if before != after:
        _write_units(stands, relations)
    return _touched(actor, "save_line", division, stands)


@service
def remove_line(*, actor: Actor, line: DivisionLine) -> Division:
    """A leader out of the draft; where he was AB角 of another, that place is empty then."""
    division = draft(line.division, actor)
    label = str(line)
    division.lines.filter(backup_id=line.person_id).update(backup=None)
    division.lines.filter(pk=line.pk).delete()
    audit(actor, "remove_line", division, leader=label)
    return _count(division)


@service
def order_lines(*, actor: Actor, division: Division, order: Sequence[int], revision: int) -> Division:
    """The leaders in this order (ids of lines); refused where somebody has changed the list in the meantime."""
    division = draft(division, actor)
    lines = {line.pk: line for line in division.lines.all()}
    if division.revision != revision or set(order) != lines.keys():
        raise Conflict("您打开之后，这份分工已由他人改动，顺序没有存上。请刷新后再排。", theirs=division)
    for rank, pk in enumerate(order, start=1):
        lines[pk].rank_order = rank
    DivisionLine.objects.bulk_update(lines.values(), ["rank_order"])
    audit(actor, "order_lines", division, order=[str(lines[pk]) for pk in order])
    return division


def _write_units(line: DivisionLine, relations: Mapping[Unit, str]) -> None:
    """The units of a line anew, in their order of protocol."""
    line.units.all().delete()
    units = sorted(relations, key=lambda unit: (unit.rank_order, unit.pk))
    DivisionUnit.objects.bulk_create(
        DivisionUnit(
            committee_id=line.committee_id, line=line, unit=unit, relation=relations[unit], rank_order=position
        )
        for position, unit in enumerate(units, start=1)
    )


def _touched(actor: Actor, verb: str, division: Division, line: DivisionLine) -> DivisionLine:
    """Count the change on the line, note who made it, log it."""
    line.revision += 1
    line.edited_by, line.edited_at = actor.person, clock.now()
    line.save(update_fields=["revision", "edited_by", "edited_at"])
    audit(actor, verb, division, label=f"{division} {line}", line=line.pk, revision=line.revision)
    _count(division)
    return line


def _count(division: Division) -> Division:
    """A line came, went or changed: who saves the whole list with an older count is told."""
    division.revision += 1
    division.save(update_fields=["revision"])
    return division
