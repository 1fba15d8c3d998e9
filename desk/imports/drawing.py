"""Draws the plan of an import up: the workbook read against the register, nothing written."""

from common.identity.actor import Actor
from common.services import Refused
from desk.imports.apart import read_apart
from desk.imports.committee import CommitteeTitle, committee_at
from desk.imports.plan import Plan
from desk.imports.plan_agenda import plan_agenda
from desk.imports.plan_division import plan_division
from desk.imports.plan_follow_ups import plan_follow_ups
from desk.imports.plan_roster import plan_roster
from desk.imports.plan_units import plan_units
from desk.imports.present import Present, place_in
from desk.imports.reading import Reading
from desk.imports.safety import WorkbookRefused


def draw_up(data: bytes, *, actor: Actor) -> Plan:
    """What importing this workbook would do for the committee in scope; a file that cannot be read is refused."""
    present = Present.load(actor.committee)
    try:
        reading = read_apart(data, known=present.known(), today=present.day)
    except WorkbookRefused as refusal:
        raise Refused(refusal.message, field="file") from refusal
    return plan_for(reading, present, actor)


def plan_for(reading: Reading, present: Present, actor: Actor) -> Plan:
    """What a workbook that was read would do to the register as it stands."""
    _demand_own(reading, present)
    plan = Plan(reading, present, actor, findings=list(reading.findings))
    terms = plan_roster(plan)
    plan_units(plan, terms.values())
    plan_division(plan)
    plan_agenda(plan)
    plan_follow_ups(plan)
    plan.findings = list(reading.in_order(plan.findings))
    plan.settle()
    return plan


def _demand_own(reading: Reading, present: Present) -> None:
    """The roster of another committee is never taken for this one's."""
    own, said = committee_at(place_in(present.committee.name)), reading.committee
    if own and said and not _is_same(own, said):
        raise Refused(
            f"名册是“{said.full}”的，您现在办理的是“{present.committee.name}”，没有读入。请核对文件，或者换到那个党委再导入。",
            field="file",
        )


def _is_same(own: CommitteeTitle, said: CommitteeTitle) -> bool:
    """The same place, under the same place as far as both say so."""
    return own.place == said.place and (own.above.endswith(said.above) or said.above.endswith(own.above))
