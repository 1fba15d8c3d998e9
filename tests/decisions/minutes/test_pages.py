"""The pages: who sees what, what a form says back, and how many queries a list costs."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agenda.meetings.models import Meeting
from common.documents.services.make_document import make_next
from common.identity.models import Account, ActingFor
from decisions.minutes.models import DecisionNotice, Minutes, MinutesDraft
from decisions.minutes.workflow import MinutesState
from tests.decisions.minutes_story import (
    drafted,
    held_before,
    many_notices,
    reviewed,
    revision_of,
    signed,
)
from tests.support.cast import District


def as_(name: str) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    account = Account.objects.get(acting__person__name=name)
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    return answer.content.decode()


# Who sees what.

DRAFT_READERS = {"周予安": 200, "邵闻笛": 200, "沈砚清": 200, "陆景和": 404, "陆离": 404, "林知微": 404, "梁思齐": 404}
SIGNED_READERS = {"周予安": 200, "邵闻笛": 200, "沈砚清": 200, "陆景和": 200, "陆离": 200, "林知微": 404, "梁思齐": 404}


def test_a_draft_is_for_the_office_and_the_chair(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    seen = {name: as_(name).get(f"/minutes/{minutes.pk}/").status_code for name in DRAFT_READERS}
    assert seen == DRAFT_READERS


def test_the_clerk_goes_on_from_the_results_of_a_closed_meeting_to_its_minutes(
    district: District, meeting: Meeting
) -> None:
    results, begin = f"/meetings/{meeting.pk}/results/", f'href="/minutes/start/{meeting.pk}/"'
    assert begin in text_of(as_("周予安").get(results))
    assert begin not in text_of(as_("陆景和").get(results))
    drafted(district, meeting)
    assert begin not in text_of(as_("周予安").get(results))


def test_what_is_signed_is_for_members_office_and_auditor(district: District, meeting: Meeting) -> None:
    minutes = signed(district, meeting)
    for address in (f"/minutes/{minutes.pk}/", f"/minutes/{minutes.pk}/papers/", f"/minutes/{minutes.pk}/minutes.pdf"):
        seen = {name: as_(name).get(address).status_code for name in SIGNED_READERS}
        assert {name: 200 if status == 202 else status for name, status in seen.items()} == SIGNED_READERS, address


def test_the_archive_sheet_is_for_office_and_auditor(district: District, meeting: Meeting) -> None:
    minutes = signed(district, meeting)
    address = f"/minutes/{minutes.pk}/archive/"
    seen = {name: as_(name).get(address).status_code for name in ("周予安", "陆离", "沈砚清", "陆景和")}
    assert seen == {"周予安": 200, "陆离": 200, "沈砚清": 404, "陆景和": 404}
    shown = text_of(as_("陆离").get(address))
    record = Minutes.objects.get(pk=minutes.pk).record
    assert record.payload_digest in shown
    assert f"第 {record.seq} 号" in shown
    assert "纪要 第1版格式" in shown and ">minutes/1<" not in shown


def test_units_see_their_notices_only(district: District, meeting: Meeting) -> None:
    signed(district, meeting)
    school = DecisionNotice.objects.filter(unit__short_name="教体局").first()
    money = DecisionNotice.objects.filter(unit__short_name="财政局").first()
    liaison = as_("梁思齐")
    assert liaison.get(f"/notices/{school.pk}/").status_code == 200
    assert liaison.get(f"/notices/{school.pk}/notice.pdf").status_code == 202
    assert liaison.get(f"/notices/{money.pk}/").status_code == 404
    assert liaison.get(f"/notices/{money.pk}/notice.pdf").status_code == 404
    shown = text_of(liaison.get("/notices/"))
    assert "1 份" in shown
    assert "财政局</td>" not in shown
    assert as_("闻人澈").get(f"/notices/{money.pk}/").status_code == 200  # leads the matter
    assert as_("温如故").get(f"/notices/{school.pk}/").status_code == 404
    assert "通知单" in text_of(liaison.get("/"))


@pytest.mark.parametrize("verb", ["edit", "review", "sign", "return", "correct", "preview", "draft", "records/people"])
def test_acts_are_not_there_for_those_who_see_no_minutes(district: District, meeting: Meeting, verb: str) -> None:
    minutes = drafted(district, meeting)
    for method in ("get", "post"):
        assert getattr(as_("林知微"), method)(f"/minutes/{minutes.pk}/{verb}/").status_code in (404, 405)
    assert Minutes.objects.get().state == MinutesState.DRAFT


def test_another_committees_clerk_finds_nothing(district: District, meeting: Meeting, neighbour: District) -> None:
    minutes = signed(district, meeting)
    notice = DecisionNotice.objects.first()
    account = Account.objects.create_user("chengjiang", "yunchuan-2026", label="杜衡", home=neighbour.committee)
    ActingFor.everywhere.create(
        committee=neighbour.committee, account=account, person=neighbour.person("杜衡"),
        valid_from="2026-07-18", recorded_at="2026-07-18T08:00+08:00",
    )  # fmt: skip
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    for address in (
        f"/minutes/{minutes.pk}/", f"/minutes/{minutes.pk}/edit/", f"/minutes/{minutes.pk}/minutes.pdf",
        f"/minutes/{minutes.pk}/sign/", f"/minutes/start/{minutes.meeting_id}/", f"/notices/{notice.pk}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


# From the closed meeting to the signed page.


def test_the_office_begins_from_the_list_and_from_the_records(district: District, meeting: Meeting) -> None:
    clerk = as_("周予安")
    assert f"/minutes/start/{meeting.pk}/" in text_of(clerk.get("/minutes/"))
    assert "一、关于新建城东学校" in text_of(clerk.get(f"/minutes/start/{meeting.pk}/"))
    answer = clerk.post(f"/minutes/start/{meeting.pk}/", follow=True)
    assert "写纪要" in text_of(answer)
    assert clerk.get(f"/minutes/start/{meeting.pk}/").status_code == 302
    assert as_("沈砚清").get(f"/minutes/start/{meeting.pk}/").status_code == 404


def test_what_is_typed_is_saved_and_a_second_editor_gets_both_texts(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    clerk, director = as_("周予安"), as_("邵闻笛")
    saved = clerk.post(f"/minutes/{minutes.pk}/draft/", {"version": 0, "closing": "甲写的。"})
    assert saved.json()["version"] == 1
    told = director.post(f"/minutes/{minutes.pk}/draft/", {"version": 0, "closing": "乙写的。"})
    assert told.status_code == 409
    assert (told.json()["who"], told.json()["theirs"]["closing"], told.json()["version"]) == ("周予安", "甲写的。", 1)
    preview = director.post(f"/minutes/{minutes.pk}/preview/", {"closing": "只看看。"})
    assert "<p>只看看。</p>" in text_of(preview)
    assert MinutesDraft.objects.get().content["closing"] == ["甲写的。"]


def test_the_editor_marks_what_was_worded_anew_and_takes_the_records_back(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    clerk = as_("周予安")
    clerk.post(f"/minutes/{minutes.pk}/draft/", {"version": 0, "present": "沈砚清"})
    assert f"/minutes/{minutes.pk}/records/people/" in text_of(clerk.get(f"/minutes/{minutes.pk}/edit/"))
    shown = text_of(clerk.get(f"/minutes/{minutes.pk}/records/people/"))
    assert "<del>出席：沈砚清</del>" in shown
    assert "<ins>出席：沈砚清、陆景和、" in shown
    clerk.post(f"/minutes/{minutes.pk}/records/people/", {"version": 1})
    assert "取用记录" not in text_of(clerk.get(f"/minutes/{minutes.pk}/edit/"))


def test_the_way_from_the_editor_to_the_signed_page(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    clerk, director, chair = as_("周予安"), as_("邵闻笛"), as_("沈砚清")
    assert "审核" not in text_of(clerk.post(f"/minutes/{minutes.pk}/edit/", {"version": 0, "then": "submit"}))
    assert director.get(f"/minutes/{minutes.pk}/review/").status_code == 200
    director.post(f"/minutes/{minutes.pk}/review/", {"version": revision_of(minutes)})
    asked = text_of(chair.get(f"/minutes/{minutes.pk}/sign/"))
    assert "〔2026〕21号" in asked
    assert "2 份，发教体局、财政局" in asked
    answer = chair.post(f"/minutes/{minutes.pk}/sign/", {"version": revision_of(minutes)}, follow=True)
    shown = text_of(answer)
    assert "〔2026〕21号" in shown
    assert 'hx-trigger="every 3s"' in shown
    last: int | None = 0
    while last is not None:
        last = make_next(last)
    fragment = text_of(chair.get(f"/minutes/{minutes.pk}/papers/"))
    assert "已生成" in fragment
    assert "every 3s" not in fragment
    pdf = chair.get(f"/minutes/{minutes.pk}/minutes.pdf")
    assert pdf["Content-Type"] == "application/pdf"


def test_a_refusal_stands_at_the_form(district: District, meeting: Meeting) -> None:
    minutes = reviewed(district, meeting)
    chair = as_("沈砚清")
    answer = chair.post(f"/minutes/{minutes.pk}/return/", {"reason": ""})
    assert "退回修改" in text_of(answer)
    assert Minutes.objects.get().state == MinutesState.CHECKED
    answer = chair.post(f"/minutes/{minutes.pk}/sign/", {"version": 99})
    assert answer.status_code == 409
    assert Minutes.objects.get().state == MinutesState.CHECKED


# Lists.


def test_the_list_of_minutes_costs_the_same_at_5_and_at_50_rows(district: District) -> None:
    clerk = as_("周予安")
    held_before(district, 5)
    few = queries(clerk, "/minutes/")
    held_before(district, 45, first=6)
    assert queries(clerk, "/minutes/") == few <= 16


def test_the_list_of_notices_costs_the_same_at_2_and_at_72_rows(district: District, meeting: Meeting) -> None:
    clerk = as_("周予安")
    signed(district, meeting)
    few = queries(clerk, "/notices/")
    page = queries(clerk, f"/minutes/{Minutes.objects.get().pk}/")
    many_notices(district)
    assert queries(clerk, f"/minutes/{Minutes.objects.latest('pk').pk}/") <= page + 1  # the chain of corrections
    assert DecisionNotice.objects.count() > 50
    assert queries(clerk, "/notices/") == few <= 12


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is remembered between requests is remembered now
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_both_lists_come_as_workbooks(district: District, meeting: Meeting) -> None:
    signed(district, meeting)
    clerk = as_("周予安")
    rows = list(sheet(clerk, "/minutes/?format=xlsx"))
    assert rows[1][:3] == ("区委常委会第21次会议纪要", "〔2026〕21号", "2026年11月26日")
    rows = list(sheet(clerk, "/notices/?format=xlsx&q=新建"))
    assert [row[:4] for row in rows[1:]] == [
        ("〔2026〕2号", "财政局", "关于新建城东学校", "配合"),
        ("〔2026〕2号", "财政局", "关于新建城东学校", "配合"),
        ("〔2026〕1号", "教体局", "关于新建城东学校", "牵头"),
        ("〔2026〕1号", "教体局", "关于新建城东学校", "牵头"),
    ]


def sheet(client: Client, address: str) -> Any:
    return load_workbook(BytesIO(client.get(address).content)).active.iter_rows(values_only=True)


def test_filters_stay_in_the_address(district: District, meeting: Meeting) -> None:
    signed(district, meeting)
    clerk = as_("周予安")
    assert "〔2026〕21号" in text_of(clerk.get("/minutes/?state=signed&year=2026&body=standing"))
    assert "没有符合条件的纪要" in text_of(clerk.get("/minutes/?state=draft"))
    assert "没有符合条件的通知单" in text_of(clerk.get("/notices/?q=没有这个"))
