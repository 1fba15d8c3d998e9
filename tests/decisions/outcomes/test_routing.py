"""议事范围 decides how far a body goes: what is the plenary's is only submitted, 书记专题会 only prepares."""

import pytest
from django.db import DatabaseError, transaction

from agenda.meetings.models import AgendaEntry
from committee.bodies.models import Body
from common import clock
from common.records.chain import seal
from common.services import Refused
from decisions.console.forms import DecisionForm
from decisions.hall.models import EntryNote
from decisions.hall.services.note_entry import note_entry
from decisions.outcomes.matters import MatterInput, standing_results
from decisions.outcomes.models import DecidedMatter, Decision, Outcome
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from tests.decisions.hall_story import MEMBERS, begun_entry, entry_of, first_question, sitting_with
from tests.support.cast import District
from tests.support.stories import heard_item
from tests.support.told import story


@story
def agreed(district: District, **sheet: object) -> AgendaEntry:
    entry = begun_entry(district, matters=["将发展战略规划提请区委全会审议。"], **sheet)
    agree_orally(actor=district.office, question=first_question(entry))
    return entry


def offered(entry: AgendaEntry) -> list[str]:
    """The outcomes that the clerk's form has to choose from."""
    question = first_question(entry)
    form = DecisionForm(None, entry, [MatterInput(question, "", "")], standing_results(entry))
    return [value for value, _ in form.matters[0].fields["outcome"].choices]


def test_what_the_plenary_decides_the_standing_committee_only_submits(district: District) -> None:
    entry = agreed(district, matter_kind="提请全委会事项")
    matter = MatterInput(
        first_question(entry),
        Outcome.PASSED,
        "同意。",
        lead_unit=district.unit("教体局"),
        leader=district.person("岑以宁"),
    )
    assert offered(entry) == ["to_plenary"]
    for outcome in (Outcome.PASSED, Outcome.PASSED_IN_PRINCIPLE, Outcome.REFERRED):
        with pytest.raises(Refused, match="本项须由全委会决定，常委会只能提请。结果只能是提请全委会。"):
            decide_entry(actor=district.office, entry=entry, matters=[replaced(matter, outcome)])
    assert not Decision.objects.exists()
    decision = decide_entry(actor=district.office, entry=entry, matters=[replaced(matter, Outcome.TO_PLENARY)])
    assert decision.matters.get().outcome == "to_plenary"


def replaced(matter: MatterInput, outcome: str) -> MatterInput:
    return MatterInput(matter.question, outcome, matter.text, leader=matter.leader, lead_unit=matter.lead_unit)


def test_the_database_too_lets_it_only_be_submitted(district: District) -> None:
    entry = agreed(district, matter_kind="提请全委会事项")
    decision = bare_decision(district, entry)
    with pytest.raises(DatabaseError, match="常委会只能提请全委会"), transaction.atomic():
        bare_matter(decision, entry, Outcome.PASSED)
    bare_matter(decision, entry, Outcome.TO_PLENARY)


def test_what_is_its_own_the_standing_committee_may_decide_or_submit(district: District) -> None:
    assert offered(agreed(district)) == ["passed", "passed_in_principle", "to_plenary", "referred"]


def test_a_secretary_meeting_leaves_a_view_and_nothing_more(district: District) -> None:
    entry = prepared(district)
    with pytest.raises(Refused, match="还没有记下酝酿意见"):
        hear_entry(actor=district.office, entry=entry)
    assert AgendaEntry.objects.get().state == "discussing"
    note_entry(actor=district.office, entry=entry, kind="view", text="一致认为可以提交常委会审议。")
    hear_entry(actor=district.office, entry=entry)
    assert AgendaEntry.objects.get().state == "heard"


def test_a_secretary_meeting_decides_nothing_not_even_by_hand(district: District) -> None:
    entry = prepared(district)
    decision = bare_decision(district, entry)
    for outcome in (Outcome.PASSED, Outcome.DEFERRED, Outcome.HEARD):
        with pytest.raises(DatabaseError, match="书记专题会只酝酿，不作决定"), transaction.atomic():
            bare_matter(decision, entry, outcome)
    assert not DecidedMatter.objects.exists()


def test_a_view_is_no_way_round_a_decision_elsewhere(district: District) -> None:
    entry = begun_entry(district)
    with pytest.raises(Refused, match="酝酿意见只在书记专题会上记录"):
        note_entry(actor=district.office, entry=entry, kind="view", text="同意")
    with pytest.raises(DatabaseError, match="酝酿意见只在书记专题会上记录"), transaction.atomic():
        EntryNote.objects.create(
            committee=entry.committee, entry=entry, kind="view", text="同意", at=clock.now(),
            entered_by=district.office.person,
        )  # fmt: skip
    assert not EntryNote.objects.exists()


@story
def prepared(district: District) -> AgendaEntry:
    """An entry that 书记专题会 has begun."""
    item = heard_item(
        district, unit="区委办", matter_kind="常委会议题准备", target_body=Body.Kind.SECRETARY_MEETING.value
    )
    sitting = sitting_with(district, item, present=MEMBERS[:3], body=Body.Kind.SECRETARY_MEETING)
    return begin_entry(actor=district.office, entry=entry_of(sitting))


def bare_decision(district: District, entry: AgendaEntry) -> Decision:
    """A decision's head without the service."""
    return Decision.objects.create(
        committee=entry.committee,
        entry=entry,
        decided_at=clock.now(),
        record=seal("decision/1", entry, {}, actor=district.office),
    )


def bare_matter(decision: Decision, entry: AgendaEntry, outcome: str) -> DecidedMatter:
    return DecidedMatter.objects.create(
        committee=entry.committee,
        decision=decision,
        question=entry.questions.first(),
        position=DecidedMatter.objects.count() + 1,
        outcome=outcome,
        text="同意。",
    )
