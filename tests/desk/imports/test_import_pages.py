"""导入 in the browser: upload, preview, choose, apply; rows about cadres for who uploaded them alone."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agenda.items.models import Item
from common.identity.models import Account
from desk.imports.models import LedgerImport
from desk.imports.workflow import ImportState
from oversight.followups.models import LedgerFollowUp
from tests.desk.imports.ledgers import AGENDA, DIVISION, FOLLOW_UPS, UNITS, keep, only, previewed, row
from tests.desk.imports.workbooks import Rows, book
from tests.support.cast import District

SCHOOL, CADRES = "关于新建城东学校的请示", "关于干部任免事项的建议(8名)"


def as_(username: str) -> Client:
    """A browser in which this login is signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def upload(client: Client, ledgers: dict[str, Rows] | bytes, name: str = "台账.xlsx") -> Any:
    data = ledgers if isinstance(ledgers, bytes) else book(ledgers)
    return client.post("/imports/", {"file": SimpleUploadedFile(name, data)})


def small() -> dict[str, Rows]:
    ledgers = keep(only(AGENDA, FOLLOW_UPS), AGENDA, SCHOOL, CADRES)
    return keep(ledgers, FOLLOW_UPS, "信访积案化解攻坚")


def with_a_finding() -> dict[str, Rows]:
    ledgers = small()
    row(ledgers, AGENDA, SCHOOL)[6] = "1.8"
    return ledgers


def test_a_division_is_counted_as_one_document_not_as_a_row(district: District) -> None:
    clerk = as_("mishuke")
    page = text(clerk.get(upload(clerk, only(DIVISION)).url))
    assert '<td class="figure" data-label="共">1 份</td>' in page and "1 行" not in page


def test_upload_preview_confirm_and_it_is_written(district: District) -> None:
    clerk = as_("mishuke")
    assert '<div class="import-wait" role="status"><progress' in text(clerk.get("/imports/"))
    answer = upload(clerk, small())
    made = LedgerImport.objects.get()
    assert answer.url == f"/imports/{made.pk}/"
    assert "没有问题，可以全部导入" in text(clerk.get(answer.url))
    confirm = text(clerk.get(f"{answer.url}apply/"))
    assert "里的 3 项写入系统" in confirm and "新增 2 行" in confirm and "正在写入，请稍候。" in confirm
    assert Item.objects.count() == 0
    done = clerk.post(f"{answer.url}apply/", {"confirmed": "1"}, follow=True)
    assert "已写入 3 项。" in text(done) and 'href="/follow-ups/"' in text(done)
    assert text(clerk.get(f"{answer.url}?tab=agenda")).count("已写入") == 2
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == (2, 1)


def test_a_row_leads_to_its_draft_where_one_may_see_it(district: District) -> None:
    clerk = as_("mishuke")
    address = upload(clerk, small()).url
    clerk.post(f"{address}apply/", {"confirmed": "1"})
    page = text(clerk.get(f"{address}?tab=agenda"))
    assert f'<a href="/items/{Item.objects.get(title=SCHOOL).pk}/">{SCHOOL}</a>' in page
    assert f"/items/{Item.objects.get(unit__short_name='组织部').pk}/" not in page


def test_a_file_that_cannot_be_read_is_refused_at_its_field(district: District) -> None:
    answer = upload(as_("mishuke"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 9)
    assert answer.status_code == 400
    assert "这是旧格式的工作簿（.xls 或 .et）。请用 Excel 或 WPS 打开，另存为" in text(answer)
    assert not LedgerImport.objects.exists()


def test_without_a_file_it_asks_for_one(district: District) -> None:
    answer = as_("mishuke").post("/imports/", {})
    assert answer.status_code == 400 and "请选择台账文件。" in text(answer)


def test_a_file_over_50_mb_is_refused_before_it_is_read(district: District) -> None:
    from desk.imports import forms

    big = SimpleUploadedFile("台账.xlsx", b"PK\x03\x04")
    big.size = forms.LARGEST_FILE + 1
    form = forms.UploadForm({}, {"file": big})
    assert form.errors["file"][0].startswith("文件超过 50 MB。")


def test_findings_are_listed_and_come_back_in_the_workbook(district: District) -> None:
    clerk = as_("mishuke")
    data = book(with_a_finding())
    address = upload(clerk, data, "十一月.xlsx").url
    page = text(clerk.get(f"{address}?tab=findings"))
    assert "议题申报汇总 G4" in page and "金额没有写单位" in page
    assert "有问题，不能全部导入" in text(clerk.get(address))
    marked = clerk.get(f"{address}marked/")
    assert "%E6%A0%87%E5%87%BA%E9%97%AE%E9%A2%98" in marked["Content-Disposition"]
    cell = load_workbook(BytesIO(marked.content))[AGENDA]["G4"]
    assert cell.value == "1.8" and "金额没有写单位" in cell.comment.text
    assert clerk.get(f"{address}marked/").content == marked.content
    assert b"".join(clerk.get(f"{address}workbook/").streaming_content) == data


def test_the_rows_of_a_sheet_can_be_narrowed_to_what_becomes_of_them(district: District) -> None:
    clerk = as_("mishuke")
    address = upload(clerk, with_a_finding()).url
    found = text(clerk.get(f"{address}?tab=agenda&doing=found"))
    assert SCHOOL in found and "关于干部任免事项的建议" not in found
    assert SCHOOL in text(clerk.get(f"{address}?tab=agenda&doing=nonsense"))
    assert 'name="doing"' not in text(clerk.get(f"{address}?tab=follow_up"))
    assert "无变动" not in text(clerk.get(address))


def test_with_findings_the_rest_is_chosen_row_by_row(district: District) -> None:
    clerk = as_("mishuke")
    address = upload(clerk, with_a_finding()).url
    page = text(clerk.get(f"{address}choose/"))
    assert SCHOOL not in page and "关于干部任免事项的建议" in page and "信访积案化解攻坚" in page
    nothing = clerk.post(f"{address}apply/", {"choosing": "1"}, follow=True)
    assert "还没有选定要导入的行" in text(nothing)
    chosen = {"choosing": "1", "row": ["all:follow_up"]}
    confirm = text(clerk.post(f"{address}apply/", chosen))
    assert "里的 1 项写入系统" in confirm and "督办台账" in confirm
    clerk.post(f"{address}apply/", chosen | {"confirmed": "1"})
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == (0, 1)


def test_what_changed_meanwhile_is_previewed_anew(district: District) -> None:
    clerk = as_("mishuke")
    first, second = upload(clerk, small()).url, upload(clerk, small()).url
    clerk.post(f"{first}apply/", {"confirmed": "1"})
    answer = clerk.post(f"{second}apply/", {"confirmed": "1"}, follow=True)
    assert "系统里的数据已有变动" in text(answer) and "没有要写入的" in text(answer)
    assert Item.objects.count() == 2


def test_a_preview_can_be_dropped(district: District) -> None:
    clerk = as_("mishuke")
    address = upload(clerk, small()).url
    assert "已放弃，什么也没有写入。" in text(clerk.post(f"{address}drop/", follow=True))
    assert LedgerImport.objects.get().state == ImportState.DROPPED
    assert clerk.post(f"{address}renew/").status_code == 409


def test_rows_about_cadres_are_for_their_uploader_alone(district: District) -> None:
    clerk, director = as_("mishuke"), as_("zhuren")
    ledgers = small()
    row(ledgers, AGENDA, CADRES)[8] = "苏文"
    address = upload(clerk, ledgers).url
    assert "关于干部任免事项的建议" in text(clerk.get(f"{address}?tab=agenda"))
    page = text(director.get(f"{address}?tab=agenda"))
    assert SCHOOL in page and "干部任免" not in page
    assert "只有上传人看得到" in text(director.get(address))
    assert "苏文" not in text(director.get(f"{address}?tab=findings"))
    for closed in ("workbook/", "marked/", "choose/", "apply/"):
        assert director.get(f"{address}{closed}").status_code == 404


@pytest.mark.parametrize("username", ["shuji", "jiaotilianluo", "fuqu"])
def test_who_may_not_import_finds_no_such_page(district: District, username: str) -> None:
    made = previewed(district.office, small())
    client = as_(username)
    for address in ("", f"{made.pk}/", f"{made.pk}/choose/", f"{made.pk}/apply/", f"{made.pk}/workbook/"):
        assert client.get(f"/imports/{address}").status_code == 404
    assert client.post(f"/imports/{made.pk}/apply/", {"confirmed": "1"}).status_code == 404
    for page in ("/", "/follow-ups/"):
        assert 'href="/imports/' not in text(client.get(page))
    assert Item.objects.count() == 0


def test_the_list_and_a_preview_cost_the_same_queries_however_long(district: District) -> None:
    clerk = as_("mishuke")
    short = previewed(district.office, keep(only(UNITS), UNITS, "教体局"))
    few = _queries(clerk, "/imports/"), _queries(clerk, f"/imports/{short.pk}/?tab=units")
    long = previewed(district.office, only(UNITS))
    for _ in range(15):
        LedgerImport.objects.create(
            committee=district.committee,
            file=long.file,
            plan=long.plan,
            uploaded_by=district.office.person,
            uploaded_at=long.uploaded_at,
        )
    assert (_queries(clerk, "/imports/"), _queries(clerk, f"/imports/{long.pk}/?tab=units")) == few


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
