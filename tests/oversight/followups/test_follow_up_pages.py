"""督办 as a list: everyone sees what is theirs, filters stay in the address, the rows go out as a workbook."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from common.identity.models import Account
from oversight.followups.models import LedgerFollowUp
from oversight.followups.services.keep_follow_up import FollowUpInput, enter_follow_up
from tests.support.cast import District


def as_(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def enter(district: District, number: int, title: str, **changed: object) -> LedgerFollowUp:
    fields: dict[str, Any] = {
        "number": f"督〔2026〕{number:02}号",
        "title": title,
        "lead_units": [district.unit("政法委")],
        "leader": district.risk_reviewer.person,
        "due_on": date(2026, 11, 10) + timedelta(days=number),
        "status": "在办",
        "progress": Decimal(50),
        "verbatim": [["督办事项", title], ["备注", "原样"]],
    }
    given = FollowUpInput(**(fields | changed))
    return enter_follow_up(actor=district.office, ledger_key=f"督/2026/{number}", given=given)


@pytest.fixture
def ledger(district: District) -> list[LedgerFollowUp]:
    return [
        enter(district, 1, "长堤村水毁道路修复", status="办结", lead_units=[district.unit("住建局")]),
        enter(district, 2, "信访积案化解攻坚", co_units=[district.unit("住建局")]),
        enter(district, 9, "学位补充方案落实", lead_units=[district.unit("教体局")], leader=district.leader.person),
    ]


def test_the_office_and_the_leaders_see_the_whole_ledger_open_matters_first(
    district: District, ledger: list[LedgerFollowUp]
) -> None:
    for username in ("mishuke", "shuji", "fuqu", "shenji"):
        page = text(as_(username).get("/follow-ups/"))
        places = [page.index(title) for title in ("信访积案", "学位补充", "长堤村")]
        assert places == sorted(places), username


def test_a_unit_sees_what_it_leads_or_helps_with(district: District, ledger: list[LedgerFollowUp]) -> None:
    page = text(as_("zhujianlianluo").get("/follow-ups/"))
    assert "长堤村" in page and "信访积案" in page and "学位补充" not in page
    assert as_("zhujianlianluo").get(f"/follow-ups/{ledger[2].pk}/").status_code == 404
    assert as_("jiaotilianluo").get(f"/follow-ups/{ledger[2].pk}/").status_code == 200


def test_a_late_open_matter_says_so_and_a_closed_one_does_not(district: District, ledger: list[LedgerFollowUp]) -> None:
    clerk = as_("mishuke")
    assert "已过" in text(clerk.get(f"/follow-ups/{ledger[1].pk}/"))
    assert "已过" not in text(clerk.get(f"/follow-ups/{ledger[0].pk}/"))


def test_a_matter_shows_every_cell_of_its_row(district: District, ledger: list[LedgerFollowUp]) -> None:
    page = text(as_("mishuke").get(f"/follow-ups/{ledger[0].pk}/"))
    assert "台账原行" in page and "备注" in page and "原样" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=学位", {"学位补充方案落实"}),
        ("q=〔2026〕01", {"长堤村水毁道路修复"}),
        ("status=办结", {"长堤村水毁道路修复"}),
        ("late=on", {"信访积案化解攻坚"}),
        ("status=没有的", {"长堤村水毁道路修复", "信访积案化解攻坚", "学位补充方案落实"}),
    ],
)
def test_filters_narrow_the_list(
    district: District, ledger: list[LedgerFollowUp], query: str, titles: set[str]
) -> None:
    page = text(as_("mishuke").get(f"/follow-ups/?{query}"))
    assert {one.title for one in ledger if f">{one.title}</a>" in page} == titles


def test_unit_and_leader_narrow_it_too(district: District, ledger: list[LedgerFollowUp]) -> None:
    clerk = as_("mishuke")
    by_unit = text(clerk.get(f"/follow-ups/?unit={district.unit('教体局').pk}"))
    by_leader = text(clerk.get(f"/follow-ups/?leader={district.leader.person.pk}"))
    for page in (by_unit, by_leader):
        assert ">学位补充方案落实</a>" in page and ">信访积案化解攻坚</a>" not in page


def test_the_filtered_rows_go_out_as_a_workbook(district: District, ledger: list[LedgerFollowUp]) -> None:
    answer = as_("mishuke").get("/follow-ups/?status=在办&format=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("编号", "督办事项", "来源会议")
    assert [row[1] for row in rows[1:]] == ["信访积案化解攻坚", "学位补充方案落实"]
    assert rows[1][5] == "住建局"


def test_an_empty_list_says_what_to_do(district: District) -> None:
    assert "秘书科导入督办台账之后" in text(as_("mishuke").get("/follow-ups/"))


def test_the_list_costs_the_same_queries_however_long(district: District) -> None:
    clerk = as_("mishuke")
    for number in range(1, 6):
        enter(district, number, f"事项{number}", co_units=[district.unit("住建局")])
    few = _queries(clerk)
    for number in range(6, 51):
        enter(district, number, f"事项{number}", co_units=[district.unit("住建局")])
    assert _queries(clerk) == few


def _queries(client: Client) -> int:
    client.get("/follow-ups/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/follow-ups/")
    return len(seen)
