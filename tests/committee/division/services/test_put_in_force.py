"""A division in force is sealed, supersedes the one before, and holds for any past day."""

import threading
from datetime import date

import pytest
from django.db import connections

from committee.division.content import content_of
from committee.division.models import Division, DivisionLine
from committee.division.questions import backup_of, division_on, leaders_in_charge
from committee.division.services.draft_division import start_division
from committee.division.services.edit_line import save_line
from committee.division.services.put_in_force import put_in_force
from committee.division.workflow import DivisionState
from common.outbox.models import Event
from common.records.canonical import canonical_bytes, read_canonical
from common.services import Refused
from common.tenancy.scope import committee_scope
from tests.committee.division.services.test_draft_division import TITLE, in_force, start
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

BASIS = "2026年11月12日区委常委会第20次会议通过"
DAY = date(2026, 11, 20)


def adopt(district: District, division: Division, actor=None, **changed) -> Division:
    return put_in_force(
        actor=actor or district.office, division=division, **{"valid_from": DAY, "basis": BASIS, **changed}
    )


def hand_over_education(district: District, division: Division) -> None:
    """教体局 from 闻人澈 to 祁连山, with 邬思远 as AB角."""
    line = division.lines.get(person__name="闻人澈")
    save_line(actor=district.office, line=line, revision=0, post_title="副区长", work="", backup=None, relations={})
    save_line(
        actor=district.office,
        line=division.lines.get(person__name="祁连山"),
        revision=0,
        post_title="副区长",
        work="分管教育工作",
        backup=district.person("邬思远"),
        relations={district.unit("教体局"): "in_charge_of"},
    )


def test_the_new_division_holds_from_its_day_and_the_old_one_until_the_day_before(district: District) -> None:
    old, draft, unit = in_force(), start(district), district.unit("教体局")
    hand_over_education(district, draft)
    adopt(district, draft)
    assert leaders_in_charge(unit.pk, date(2026, 11, 19)) == [district.leader.person]
    assert leaders_in_charge(unit.pk, DAY) == [district.person("祁连山")]
    assert backup_of(district.person("祁连山").pk, DAY) == district.person("邬思远")
    assert division_on(date(2026, 9, 12)) == old
    assert division_on(date(2026, 9, 9)) is None
    assert Division.objects.get(pk=old.pk).state == DivisionState.SUPERSEDED


def test_it_is_sealed_as_it_stands_and_announced(district: District) -> None:
    draft = adopt(district, start(district))
    frozen = read_canonical(bytes(draft.record.payload))
    assert frozen["basis"] == BASIS
    assert [line["person"]["name"] for line in frozen["lines"]][:2] == ["沈砚清", "陆景和"]
    assert read_canonical(canonical_bytes(content_of(draft)))["lines"] == frozen["lines"]
    assert Event.objects.filter(kind="division.in_force", subject_id=draft.pk).count() == 1
    assert verbs(draft)[-1] == "put_in_force"


def test_it_is_refused_without_basis_without_lines_or_before_the_present_one(district: District) -> None:
    draft = start(district)
    with refused("请写明通过这份分工的会议"):
        adopt(district, draft, basis=" ")
    with refused("现行分工自 2026年9月10日 起生效"):
        adopt(district, draft, valid_from=date(2026, 9, 10))
    with refused("还没有一行"):
        adopt(district, start_division(actor=district.office, title=TITLE))
    for actor in (district.secretary, district.leader, district.administrator):
        with not_allowed():
            adopt(district, draft, actor)
    assert Division.objects.get(pk=draft.pk).state == DivisionState.DRAFT
    assert in_force().valid_from == date(2026, 9, 10)


def test_nothing_of_it_is_edited_any_more_by_whatever_way(district: District) -> None:
    division, line = in_force(), DivisionLine.objects.filter(division=in_force()).first()
    with database_refuses("分工已经生效，不能再改"):
        sql("UPDATE committee_divisionline SET work = '改' WHERE id = %s", line.pk)
    with database_refuses("分工已经生效，不能再改"):
        sql("DELETE FROM committee_divisionunit WHERE line_id = %s", line.pk)
    with database_refuses("分工已经生效，不能再改"):
        sql("UPDATE committee_divisionunit SET relation = 'assists' WHERE line_id = %s", line.pk)
    with database_refuses("分工已经定稿，不能再改"):
        sql("UPDATE committee_division SET basis = '改' WHERE id = %s", division.pk)
    with database_refuses("不能从状态"):
        sql("UPDATE committee_division SET state = 'draft' WHERE id = %s", division.pk)
    with database_refuses("permission denied"):
        sql("DELETE FROM committee_division WHERE id = %s", division.pk)


def test_a_line_does_not_name_another_committee_s_unit(district: District, neighbour: District) -> None:
    line = start(district).lines.first()
    with database_refuses("same_committee_divisionunit_unit_id"):
        sql(
            "INSERT INTO committee_divisionunit (committee_id, line_id, unit_id, relation, rank_order)"
            " VALUES (%s, %s, %s, 'assists', 1)",
            district.committee.pk, line.pk, neighbour.unit("教体局").pk,
        )  # fmt: skip


def test_two_drafts_put_in_force_at_once_follow_each_other(committed_db: None, district: District) -> None:
    drafts = [start(district), start(district)]
    said: list[str] = []

    def adopt_one(draft: Division) -> None:
        try:
            with committee_scope(district.committee.pk):
                adopt(district, draft)
                said.append("in force")
        except Refused as error:
            said.append(error.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=adopt_one, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["in force", "现行分工自 2026年11月20日 起生效，新的生效日须在其后。"]
    with pytest.raises(Division.DoesNotExist):
        Division.objects.get(state=DivisionState.IN_FORCE, valid_to__isnull=False)
