"""逐一表态: each by name and once, the chair last; where the rule asks it no vote opens before all were heard."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from agenda.meetings.models import AgendaEntry
from common import clock
from common.services import NotAllowed, Refused
from decisions.hall.models import EntryNote
from decisions.hall.services.correct_note import correct_note
from decisions.hall.services.depart import depart
from decisions.hall.services.keep_opinion import keep_opinion
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.pass_rest import pass_rest
from decisions.hall.services.state_view import state_view
from decisions.rules.defaults import DEFAULTS, MAJOR_BY_NAME
from decisions.rules.services.adopt_rules import adopt_voting_rules
from decisions.votes.models import Round
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.open_round import open_round
from tests.decisions.hall_story import MEMBERS, begun_entry, first_question, recuse
from tests.support.cast import District
from tests.support.told import story


def state(district: District, entry: AgendaEntry, name: str, stance: str = "agree", text: str = "") -> EntryNote:
    return state_view(actor=district.office, entry=entry, person=district.person(name), stance=stance, text=text)


@story
def discussed(district: District, present: tuple[str, ...] = MEMBERS) -> AgendaEntry:
    return begun_entry(district, present=present)


def test_the_chair_waits_until_everybody_was_heard_or_passed(district: District) -> None:
    entry = discussed(district)
    state(district, entry, "陆景和")
    note_entry(actor=district.office, entry=entry, kind="point", text="工期可行", person=district.person("岑以宁"))
    for said in (
        lambda: note_entry(actor=district.office, entry=entry, kind="chair", text="同意"),
        lambda: state(district, entry, "沈砚清"),
    ):
        with pytest.raises(
            Refused, match="主持人末位表态：顾维桢、韩立岑、苏文珩、程望舒、马春屿、贺北辰等 8 人还没有表态"
        ):
            said()
    assert {note.speaker for note in pass_rest(actor=district.office, entry=entry)}.isdisjoint({"沈砚清", "岑以宁"})
    with pytest.raises(Refused, match="到会的都已表态或者发言"):
        pass_rest(actor=district.office, entry=entry)
    note_entry(actor=district.office, entry=entry, kind="chair", text="同意")
    assert state(district, entry, "沈砚清").stance == "agree"


def test_the_chair_may_ask_and_guide_at_any_time(district: District) -> None:
    entry = discussed(district)
    note = note_entry(
        actor=district.office, entry=entry, kind="point", text="请财政局说明资金来源", person=district.person("沈砚清")
    )
    assert note.kind == "point"


def test_who_left_or_is_recused_holds_nobody_up(district: District) -> None:
    entry = discussed(district, present=MEMBERS[:6])
    recuse(district, entry, "陆景和")
    for name in ("顾维桢", "韩立岑", "苏文珩"):
        state(district, entry, name)
    with pytest.raises(Refused, match="陆景和不在会场、没有表决权，或者在本项回避"):
        state(district, entry, "陆景和")
    with pytest.raises(Refused, match="雷定远不在会场"):
        state(district, entry, "雷定远")
    depart(actor=district.office, meeting=entry.meeting, person=district.person("程望舒"))
    note_entry(actor=district.office, entry=entry, kind="chair", text="同意")


def test_a_member_changes_his_mind_by_a_further_line(district: District) -> None:
    entry = discussed(district)
    first = state(district, entry, "陆景和")
    with pytest.raises(Refused, match="陆景和已表态同意，没有改变"):
        state(district, entry, "陆景和")
    with pytest.raises(Refused, match="请在「逐一表态」里重新登记"):
        correct_note(actor=district.office, note=first, text="改")
    second = state(district, entry, "陆景和", "disagree", "工期太紧")
    assert (second.corrects, EntryNote.objects.count()) == (first, 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        EntryNote.objects.create(
            committee=entry.committee, entry=entry, kind="stated", person=district.person("陆景和"), stance="agree",
            speaker="陆景和", at=clock.now(), entered_by=district.office.person,
        )  # fmt: skip


def test_where_the_rule_asks_it_no_vote_opens_before_all_were_heard(district: District) -> None:
    lines = (*DEFAULTS, replace(MAJOR_BY_NAME, forms=("oral", "recorded")))
    adopt_voting_rules(actor=district.office, valid_from=date(2026, 11, 17), source="修订", lines=lines)
    entry = begun_entry(district)
    question = first_question(entry)
    for vote in (
        lambda: open_round(actor=district.office, question=question, form="recorded"),
        lambda: agree_orally(actor=district.office, question=question),
    ):
        with pytest.raises(Refused, match="规则规定逐一表态以后才能表决：陆景和、"):
            vote()
    assert not Round.objects.exists()
    pass_rest(actor=district.office, entry=entry)
    open_round(actor=district.office, question=question, form="recorded")


def test_the_absent_are_read_out_and_the_outvoted_reserve_their_opinion(district: District) -> None:
    entry = discussed(district, present=MEMBERS[:8])
    written = keep_opinion(actor=district.office, entry=entry, person=district.person("雷定远"), text="建议缓建")
    kept = keep_opinion(actor=district.office, entry=entry, person=district.person("陆景和"), text="仍认为工期太紧")
    assert (written.kind, kept.kind) == ("written", "reserved")
    with pytest.raises(Refused, match="请写明意见"):
        keep_opinion(actor=district.office, entry=entry, person=district.person("陆景和"), text=" ")
    with pytest.raises(Refused, match="林知微不是本次会议的应到成员"):
        keep_opinion(actor=district.office, entry=entry, person=district.person("林知微"), text="同意")
    recuse(district, entry, "顾维桢")
    with pytest.raises(Refused, match="顾维桢在本项回避"):
        keep_opinion(actor=district.office, entry=entry, person=district.person("顾维桢"), text="同意")
    for kind, name in (("written", "陆景和"), ("reserved", "雷定远"), ("reserved", "林知微")):
        with pytest.raises(DatabaseError, match="没有到会的才有书面意见"), transaction.atomic():
            EntryNote.objects.create(
                committee=entry.committee, entry=entry, kind=kind, person=district.person(name), text="硬写",
                at=clock.now(), entered_by=district.office.person,
            )  # fmt: skip


def test_opinions_by_name_come_in_by_their_own_door_and_from_the_office_alone(district: District) -> None:
    entry = discussed(district)
    for kind in ("stated", "written", "reserved"):
        with pytest.raises(Refused, match="请在「逐一表态」里按人登记"):
            note_entry(actor=district.office, entry=entry, kind=kind, text="同意", person=district.person("陆景和"))
    with pytest.raises(Refused, match="请选定陆景和的态度：同意、不同意、缓议、无意见"):
        state(district, entry, "陆景和", "maybe")
    for act in (
        lambda: state_view(actor=district.outsider, entry=entry, person=district.person("陆景和"), stance="agree"),
        lambda: pass_rest(actor=district.outsider, entry=entry),
        lambda: keep_opinion(actor=district.outsider, entry=entry, person=district.person("陆景和"), text="同意"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not EntryNote.objects.exists()
