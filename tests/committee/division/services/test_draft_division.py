"""A draft is started, saved whole with its revision, or given up; only the office works on it."""

from committee.division.lines import LineInput, lines_of
from committee.division.models import Division
from committee.division.services.draft_division import drop_division, save_lines, start_division
from committee.division.workflow import DivisionState
from common.services import Conflict
from tests.committee.refusals import not_allowed, refused, verbs
from tests.support.cast import District

TITLE = "区委常委和区政府领导分工一览表"


def in_force() -> Division:
    return Division.objects.get(state=DivisionState.IN_FORCE)


def start(district: District) -> Division:
    return start_division(actor=district.office, title=TITLE, copy_from=in_force())


def test_a_draft_begins_as_a_copy_of_what_is_in_force(district: District) -> None:
    division = start(district)
    assert division.state == DivisionState.DRAFT
    assert lines_of(division) == lines_of(in_force())
    assert verbs(division) == ["start_division"]


def test_a_draft_needs_a_title_and_the_office(district: District) -> None:
    with refused("请写明标题"):
        start_division(actor=district.office, title=" ")
    for actor in (district.secretary, district.leader, district.administrator, district.outsider):
        with not_allowed():
            start_division(actor=actor, title=TITLE)
    assert Division.objects.count() == 1


def test_lines_are_saved_whole_and_the_second_editor_is_told(district: District) -> None:
    division = start(district)
    lines = lines_of(division)[:3]
    saved = save_lines(actor=district.office, division=division, lines=lines, revision=0)
    assert (saved.revision, lines_of(saved)) == (1, lines)
    with refused("已由他人改动", kind=Conflict):
        save_lines(actor=district.director, division=division, lines=[], revision=0)
    assert lines_of(division) == lines


def test_a_leader_twice_or_his_own_backup_is_refused_by_name(district: District) -> None:
    division = start_division(actor=district.office, title=TITLE)
    someone = district.person("陆景和")
    with refused("陆景和：同一份分工里一位领导只有一行"):
        save_lines(actor=district.office, division=division, lines=[LineInput(someone)] * 2, revision=0)
    with refused("陆景和：AB角须是另一位领导"):
        save_lines(actor=district.office, division=division, lines=[LineInput(someone, backup=someone)], revision=0)
    assert not division.lines.exists()


def test_what_is_in_force_is_not_drafted_any_more(district: District) -> None:
    before = lines_of(in_force())
    with refused("已生效，不能再改；请起草新的分工取代它"):
        save_lines(actor=district.office, division=in_force(), lines=[], revision=in_force().revision)
    with refused("不能放弃"):
        drop_division(actor=district.office, division=in_force(), reason="不要了")
    assert lines_of(in_force()) == before


def test_a_draft_is_given_up_with_a_reason(district: District) -> None:
    division = start(district)
    with refused("放弃草稿须写明理由"):
        drop_division(actor=district.office, division=division, reason="")
    with not_allowed():
        drop_division(actor=district.leader, division=division, reason="不同意")
    drop_division(actor=district.office, division=division, reason="常委会未通过")
    division = Division.objects.get(pk=division.pk)
    assert division.state == DivisionState.DROPPED
    assert division.changes.get().reason == "常委会未通过"
