"""One leader's line of a draft: in, out, changed, moved; of two editors the second is told."""

import pytest

from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.division.services.draft_division import drop_division
from committee.division.services.edit_line import add_line, order_lines, remove_line, save_line
from common.services import Conflict
from tests.committee.division.services.test_draft_division import in_force, start
from tests.committee.refusals import not_allowed, refused, verbs
from tests.support.cast import District

IN_CHARGE, ASSISTS = DivisionUnit.Relation.IN_CHARGE_OF, DivisionUnit.Relation.ASSISTS


@pytest.fixture
def draft(district: District) -> Division:
    return start(district)


def line_of(division: Division, name: str) -> DivisionLine:
    return division.lines.get(person__name=name)


def save(district: District, line: DivisionLine, actor=None, revision=0, **changed) -> DivisionLine:
    fields = {
        "post_title": line.post_title,
        "work": "分管教育、卫生健康、科技工作",
        "backup": district.person("祁连山"),
        "relations": {district.unit("卫健局"): ASSISTS, district.unit("教体局"): IN_CHARGE},
    }
    return save_line(actor=actor or district.office, line=line, revision=revision, **{**fields, **changed})


def test_a_line_is_saved_with_its_units_in_order_of_protocol(district: District, draft: Division) -> None:
    line = save(district, line_of(draft, "闻人澈"))
    assert (line.revision, line.edited_by, line.backup.name) == (1, district.office.person, "祁连山")
    assert [(row.unit.short_name, row.relation) for row in line.units.select_related("unit")] == [
        ("教体局", IN_CHARGE),
        ("卫健局", ASSISTS),
    ]
    assert verbs(draft)[-1] == "save_line"


def test_the_second_editor_sees_what_the_first_wrote(district: District, draft: Division) -> None:
    line = line_of(draft, "闻人澈")
    save(district, line)
    with pytest.raises(Conflict, match="已由他人改动") as conflict:
        save(district, line, district.director, work="另一种写法")
    assert conflict.value.theirs.work == "分管教育、卫生健康、科技工作"
    assert line_of(draft, "闻人澈").work == "分管教育、卫生健康、科技工作"


def test_two_leaders_are_edited_at_once_without_conflict(district: District, draft: Division) -> None:
    one, other = line_of(draft, "闻人澈"), line_of(draft, "祁连山")
    save(district, one)
    assert save(district, other, district.director, backup=None, relations={}).revision == 1


def test_saving_the_same_again_leaves_no_trace(district: District, draft: Division) -> None:
    line = save(district, line_of(draft, "闻人澈"))
    before = verbs(draft)
    assert save(district, line, revision=1).revision == 1
    assert verbs(draft) == before


def test_a_leader_is_added_once_and_removed_with_his_place_as_backup(district: District, draft: Division) -> None:
    added = add_line(actor=district.office, division=draft, person=district.person("郑伯庸"))
    assert (added.rank_order, added.post_title) == (15, "区人大常委会主任")
    with refused("同一份分工里一位领导只有一行"):
        add_line(actor=district.office, division=draft, person=district.person("郑伯庸"))
    remove_line(actor=district.office, line=line_of(draft, "闻人澈"))
    assert line_of(draft, "岑以宁").backup is None
    with refused("已由他人移出这份草稿"):
        save(district, DivisionLine(pk=0, division=draft, person=district.person("闻人澈"), committee=draft.committee))


def test_the_order_is_saved_unless_somebody_changed_the_list(district: District, draft: Division) -> None:
    order = [line.pk for line in draft.lines.all()]
    order = [order[1], order[0], *order[2:]]
    order_lines(actor=district.office, division=draft, order=order, revision=0)
    assert [line.pk for line in draft.lines.all()] == order
    remove_line(actor=district.office, line=line_of(draft, "邬思远"))
    with refused("顺序没有存上", kind=Conflict):
        order_lines(actor=district.director, division=draft, order=order[::-1], revision=0)


def test_nobody_but_the_office_edits_and_only_a_draft(district: District, draft: Division) -> None:
    line = line_of(draft, "闻人澈")
    for actor in (district.secretary, district.leader, district.administrator):
        with not_allowed():
            save(district, line, actor)
        with not_allowed():
            add_line(actor=actor, division=draft, person=district.person("郑伯庸"))
        with not_allowed():
            remove_line(actor=actor, line=line)
    with refused("已生效，不能再改"):
        save(district, line_of(in_force(), "闻人澈"))
    drop_division(actor=district.office, division=draft, reason="未通过")
    with refused("已放弃，不能再改"):
        save(district, line)
