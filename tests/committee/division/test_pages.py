"""Pages of 分工: what holds on a day, the drafting of the next, papers and workbooks."""

import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committee.division.lines import lines_of
from committee.division.models import Division, DivisionLine
from committee.division.services.draft_division import save_lines
from committee.division.workflow import DivisionState
from common.documents.models import RenderedDocument
from common.documents.tasks import sweep
from common.files.store import read_file
from tests.committee.division.services.test_draft_division import in_force, start
from tests.committee.windows import address, text, window
from tests.common.documents.reading import pages
from tests.support.cast import District


@pytest.fixture
def clerk(district: District):
    return window("mishuke")


@pytest.fixture
def draft(district: District) -> Division:
    return start(district)


def line_of(division: Division, name: str) -> DivisionLine:
    return division.lines.get(person__name=name)


def typed(line: DivisionLine, **changed: str) -> dict[str, str]:
    """The line's form as a browser sends it."""
    units = {f"unit-{row.unit_id}": row.relation for row in line.units.all()}
    fields = {"version": str(line.revision), "post_title": line.post_title, "work": line.work, "backup": ""}
    return fields | units | changed


# What holds.


def test_the_matrix_marks_who_has_what_and_why_a_row_is_doubtful(clerk) -> None:
    page = text(clerk.get(address("division")))
    assert "沈砚清、邵闻笛都分管，多头领导" in page
    assert "顾维桢、祁连山都分管，多头领导" in page
    assert "没有领导分管" in page
    only = text(clerk.get(address("division"), {"doubtful": ""}))
    assert "农业农村局" in only
    assert "财政局" not in only


def test_any_past_day_can_be_asked(clerk) -> None:
    assert "2026年9月10日区委常委会第14次会议通过" in text(clerk.get(address("division"), {"day": "2026-09-12"}))
    assert "这一天没有分工" in text(clerk.get(address("division"), {"day": "2026-09-09"}))


def test_one_leader_s_page_has_his_duties_and_whom_he_stands_in_for(clerk, district: District) -> None:
    url = address("division_leader", district.leader.person.pk)
    page = text(clerk.get(url))
    assert "分管教育、体育、卫生健康工作" in page
    assert "岑以宁" in page
    assert "由闻人澈代行" in page
    assert "这一天的分工里没有这个人" in text(clerk.get(url, {"day": "2026-08-01"}))


def test_the_matrix_comes_out_as_a_workbook(clerk) -> None:
    answer = clerk.get(address("division_excel", in_force().pk))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][0] == "单位"
    assert rows[0][-1] == "须核对"
    education = next(row for row in rows if row[0] == "教体局")
    assert education[rows[0].index("闻人澈")] == "分管"


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        (
            "division_paper",
            (),
            ["分工一览表", "沈砚清", "协助书记抓党的建设，负责区委日常工作；", "中共云川区委办公室"],
        ),
        ("division_leader_paper", ("闻人澈",), ["闻人澈", "分管教育、体育、卫生健康工作。", "教体局", "团区委、妇联"]),
    ],
)
def test_papers_are_made_from_the_frozen_bytes(clerk, district: District, name, args, words) -> None:
    url = address(name, in_force().pk, *(district.person(who).pk for who in args))
    assert clerk.get(url).status_code == 202
    sweep()
    answer = clerk.get(url)
    assert answer["Content-Type"] == "application/pdf"
    document = RenderedDocument.objects.get()
    read = "".join(pages(read_file(document.file)))
    for part in words:
        assert part in read
    if not args:
        assert bytes(document.source) == bytes(in_force().record.payload)


def test_a_draft_prints_as_a_draft(clerk, draft: Division) -> None:
    clerk.get(address("division_paper", draft.pk))
    sweep()
    read = "".join(pages(read_file(RenderedDocument.objects.get().file)))
    assert "草案" in read
    assert "讨论稿，未生效" in read


# Drafting.


def test_a_draft_is_started_as_a_copy_and_continued_from_the_page(clerk, district: District) -> None:
    answer = clerk.post(address("division_new"), {"title": "分工一览表", "copy": "on"})
    draft = Division.objects.get(state=DivisionState.DRAFT)
    assert answer["Location"] == address("division_edit", draft.pk)
    assert draft.lines.count() == 14
    assert "接着起草" in text(clerk.get(address("division")))
    assert "接着起草" not in text(window("shuji").get(address("division")))


def test_a_line_is_saved_and_leads_on_to_the_next_leader(clerk, draft: Division, district: District) -> None:
    line, following = line_of(draft, "闻人澈"), line_of(draft, "祁连山")
    url = address("division_line", line.pk)
    data = typed(line, work="分管教育工作", **{f"unit-{district.unit('司法局').pk}": "assists"})
    assert clerk.post(url, data | {"next": str(following.pk)})["Location"] == address("division_line", following.pk)
    line.refresh_from_db()
    assert line.work == "分管教育工作"
    assert [unit.short_name for unit in line.assists] == ["司法局"]
    assert "闻人澈协助" in text(clerk.get(address("division_line", line_of(draft, "邬思远").pk)))


def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(draft: Division) -> None:
    line = line_of(draft, "闻人澈")
    url = address("division_line", line.pk)
    window("mishuke").post(url, typed(line, work="甲的写法"))
    page = text(window("zhuren").post(url, typed(line, work="乙的写法")))
    assert "现在存着的是「甲的写法」，您写的是「乙的写法」" in page
    assert "周予安" in page
    assert "乙的写法</textarea>" in page.replace("\n", "")
    assert line_of(draft, "闻人澈").work == "甲的写法"
    window("zhuren").post(url, typed(line, work="两人商定的写法", version="1"))
    assert line_of(draft, "闻人澈").work == "两人商定的写法"


def test_who_edits_in_two_windows_is_not_told_of_somebody_else(draft: Division) -> None:
    line = line_of(draft, "闻人澈")
    window("mishuke").post(address("division_line", line.pk), typed(line, work="一个窗口里写的"))
    page = text(window("mishuke").post(address("division_line", line.pk), typed(line, work="另一个窗口里写的")))
    assert "您在另一个窗口在" in page
    told = window("mishuke").post(address("division_line_save", line.pk), typed(line, work="另一个窗口里写的"))
    assert json.loads(text(told))["who"] == "您在另一个窗口"


def test_saving_as_one_types_answers_what_the_script_asks_for(draft: Division) -> None:
    line = line_of(draft, "闻人澈")
    url = address("division_line_save", line.pk)
    saved = window("mishuke").post(url, typed(line, work="甲的写法"))
    assert json.loads(text(saved)) == {"saved": "上午8:30", "version": 1}
    conflict = window("zhuren").post(url, typed(line, work="乙的写法"))
    said = json.loads(text(conflict))
    assert (conflict.status_code, said["who"], said["version"]) == (409, "周予安", 1)
    assert said["theirs"]["work"] == "甲的写法"
    wrong = window("mishuke").post(url, typed(line, backup="0"))
    assert (wrong.status_code, list(json.loads(text(wrong))["errors"])) == (400, ["backup"])


def test_leaders_are_added_ordered_and_removed(clerk, draft: Division, district: District) -> None:
    clerk.post(address("division_edit", draft.pk), {"person": str(district.person("郑伯庸").pk)})
    draft.refresh_from_db()
    order = [line.pk for line in draft.lines.all()]
    url = address("division_order", draft.pk)
    moved = [order[-1], *order[:-1]]
    sent = {"order": ",".join(map(str, moved)), "version": str(draft.revision)}
    assert clerk.post(url, sent, headers={"HX-Request": "true"}).status_code == 204
    assert draft.lines.first().person.name == "郑伯庸"
    clerk.post(address("division_line_remove", draft.lines.first().pk))
    stale = clerk.post(url, sent, headers={"HX-Request": "true"})
    assert stale.status_code == 409
    assert "顺序没有存上" in text(stale)
    assert clerk.post(url, sent).status_code == 409


def test_the_comparison_names_what_changes(clerk, draft: Division, district: District) -> None:
    line = line_of(draft, "闻人澈")
    unit = f"unit-{district.unit('卫健局').pk}"
    clerk.post(address("division_line", line.pk), typed(line, work="分管教育、体育工作") | {unit: ""})
    page = text(clerk.get(address("division_compare", draft.pk)))
    assert "1 位有变动" in page
    assert "<del>卫健局</del>" in page


def test_it_is_put_in_force_after_the_question_and_never_without_it(clerk, draft: Division) -> None:
    url = address("division_adopt", draft.pk)
    form = {"valid_from": "2026-11-20", "basis": "2026年11月12日区委常委会第20次会议通过"}
    asked = text(clerk.post(url, form))
    assert '自<span class="day">2026年11月20日</span>起，分工按这份执行，定稿存证，不能再改' in asked
    assert "没有变动" in asked
    assert Division.objects.get(pk=draft.pk).state == DivisionState.DRAFT
    assert clerk.post(url, form | {"confirmed": "1"})["Location"] == address("division_detail", draft.pk)
    assert in_force().pk == draft.pk
    assert clerk.get(address("division_edit", draft.pk)).status_code == 409
    history = text(clerk.get(address("division_history")))
    assert "2026年11月19日" in history


def test_the_word_beside_a_division_follows_the_day(clerk, draft: Division, clock) -> None:
    """On 11月16日 the one from 11月20日 on waits and the one before still holds; then they change places."""
    before = in_force()
    form = {"valid_from": "2026-11-20", "basis": "2026年11月12日区委常委会第20次会议通过", "confirmed": "1"}
    clerk.post(address("division_adopt", draft.pk), form)

    def said(division: Division) -> str:
        page = text(window("mishuke").get(address("division_detail", division.pk)))
        return " ".join(re.sub(r"<[^>]*>", "", page.split('class="page-where"')[-1])[:600].split())

    assert "待执行（11月20日起） 2026年11月20日起" in said(draft)
    assert "现行 2026年9月10日—2026年11月19日" in said(before)
    history = text(window("mishuke").get(address("division_history")))
    assert history.count(">现行<") == history.count(">待执行（11月20日起）<") == 1
    assert "已被取代" not in history
    clock.set("2026-11-20 09:00")
    assert "现行 2026年11月20日—今" in said(draft)
    assert "已被取代 2026年9月10日—2026年11月19日" in said(before)


def test_a_day_that_does_not_fit_is_said_at_its_field(clerk, draft: Division) -> None:
    form = {"valid_from": "2026-09-01", "basis": "通过", "confirmed": "1"}
    answer = clerk.post(address("division_adopt", draft.pk), form)
    assert answer.status_code == 409
    assert "现行分工自 2026年9月10日 起生效" in text(answer)


def test_a_draft_is_given_up(clerk, draft: Division) -> None:
    clerk.post(address("division_drop", draft.pk), {"reason": "常委会没有通过"})
    assert Division.objects.get(pk=draft.pk).state == DivisionState.DROPPED


def test_the_draft_page_stays_at_the_same_number_of_queries(clerk, district: District) -> None:
    draft = start(district)
    whole = lines_of(draft)
    counts = []
    for lines in (whole[:3], whole):
        draft = save_lines(actor=district.office, division=draft, lines=lines, revision=draft.revision)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(address("division_edit", draft.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_history_comes_in_pages(district: District) -> None:
    Division.objects.bulk_create(
        Division(
            committee=district.committee,
            title=f"分工草稿{number}",
            created_at="2026-11-16T08:30+08:00",
        )
        for number in range(30)
    )
    first, second = (text(window("mishuke").get(address("division_history"), {"page": number})) for number in (1, 2))
    assert first.count("/organisation/division/") - second.count("/organisation/division/") == 29
    assert "下一页" in first and "上一页" in second
