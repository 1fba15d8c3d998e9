"""From the office's own workbook to the signed 纪要: seven people, seven browsers, and the refusals on the way."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from agenda.items.models import Item
from agenda.meetings.models import Meeting
from committee.division.models import Division
from common.documents.tasks import sweep as make_papers
from oversight.followups.models import LedgerFollowUp
from tests.journey.people import Cast, Someone
from tests.support.cast import District
from tests.support.stories import pdf

WORKBOOK = Path(__file__).parents[1] / "desk" / "imports" / "云川区委台账.xlsx"
SCHOOL = "关于新建城东学校的请示"
MEMBERS = ("沈砚清", "陆景和", "顾维桢", "韩立岑", "苏文珩", "程望舒", "马春屿", "贺北辰", "岑以宁", "邵闻笛", "雷定远")

pytestmark = pytest.mark.browser


@pytest.fixture
def people(open_page: Callable[..., Page], district: District) -> Cast:
    return Cast(open_page)


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """Files people attach."""
    found = {}
    for name in ("区政府第38次常务会议纪要", "可行性研究报告", "可行性研究报告（修订）", "审核材料"):
        found[name] = tmp_path / f"{name}.pdf"
        found[name].write_bytes(pdf(name))
    return found


def test_the_office_runs_its_first_meeting(
    people: Cast, papers: dict[str, Path], district: District, clock, tmp_path: Path
) -> None:
    import_the_workbook(people["周予安"])
    item = Item.objects.get(title=SCHOOL)
    file_the_school(people["梁思齐"], item, papers)
    accept_and_check(people, item, papers)
    sign_in_turn(people, item, papers)
    meeting = call_the_meeting(people, item)
    hold_it(people, meeting, item, clock)
    issue_the_minutes(people, meeting, tmp_path, clock)
    print_the_division(people["周予安"], tmp_path)


def import_the_workbook(clerk: Someone) -> None:
    """The ledgers bring the district's items; people, units and division are known already."""
    clerk.go("/imports/")
    clerk.upload("input[type=file]", WORKBOOK)
    clerk.press("上传并预览").press("全部导入").press("导入").sees("已写入")
    assert Item.objects.filter(title=SCHOOL).count() == 1
    before = Item.objects.count(), LedgerFollowUp.objects.count()
    assert before == (14, 6)
    clerk.go("/imports/").upload("input[type=file]", WORKBOOK).press("上传并预览").sees_not("全部导入")
    assert (Item.objects.count(), LedgerFollowUp.objects.count()) == before


def file_the_school(liaison: Someone, item: Item, papers: dict[str, Path]) -> None:
    """The draft from the ledger lacks its reasons and the government's minutes: both are said, then brought."""
    liaison.go(f"/items/{item.pk}/edit/")
    liaison.press("核对并呈报").sees("事由")
    liaison.fill("事由", "城东片区学位缺口1,860个，拟新建九年一贯制学校一所，规模54班，占地86亩。")
    liaison.fill("需议决事项", "同意新建城东学校，总投资1.8亿元\n由区住建局代建，2028年8月投用")
    liaison.press("保存草稿")
    for name, kind in (("区政府第38次常务会议纪要", "政府常务会议纪要"), ("可行性研究报告", "可行性研究")):
        attach(liaison, item, papers[name], kind)
    liaison.go(f"/items/{item.pk}/edit/").press("核对并呈报").sees("签批路线").press("呈报")
    item.refresh_from_db()
    assert item.state == "submitted"


def attach(liaison: Someone, item: Item, file: Path, kind: str) -> None:
    liaison.go(f"/items/{item.pk}/edit/")
    papers = liaison.page.locator("#papers")
    papers.get_by_label("种类").select_option(label=kind)
    papers.locator("input[type=file]").set_input_files(file)
    papers.get_by_role("button", name="上传", exact=True).click()
    expect(liaison.page.locator("#papers")).to_contain_text(file.name)


def accept_and_check(people: Cast, item: Item, papers: dict[str, Path]) -> None:
    """Five checks by their reviewers; while the experts' opinion is missing nobody can sign."""
    people["周予安"].go(f"/items/{item.pk}/").press("受理").sees("还没有结论的：调查研究（林知微）、专家论证（梁思齐）")
    for name, kind, conclusion in (
        ("林知微", "research", "充分"),
        ("贺北辰", "risk", "低"),
        ("卢正言", "legal", "合法"),
        ("梁思齐", "plan", "有"),
    ):
        conclude(people[name], item, kind, conclusion, papers)
    people["林知微"].go(f"/items/{item.pk}/sign/").sees("没有办成").sees("会前把关")
    people["周予安"].go(f"/items/{item.pk}/").sees("还没有结论的：专家论证（梁思齐）")
    item.refresh_from_db()
    assert item.state == "vetting"
    conclude(people["梁思齐"], item, "expert", "可行", papers)
    item.refresh_from_db()
    assert item.state == "signing"


def conclude(reviewer: Someone, item: Item, kind: str, conclusion: str, papers: dict[str, Path]) -> None:
    reviewer.go(f"/items/{item.pk}/checks/{kind}/")
    page = reviewer.page
    page.get_by_role("radio", name=conclusion, exact=True).check()
    for box in page.locator("form textarea:visible, form input[type=text]:visible").all():
        if not box.input_value():
            box.fill("已逐项核实，情况属实，材料附后。")
    for upload in page.locator("form input[type=file]").all():
        upload.set_input_files(papers["审核材料"])
    reviewer.press("记录结论").sees("结论已记录")


def sign_in_turn(people: Cast, item: Item, papers: dict[str, Path]) -> None:
    """书记 before his turn is refused; a changed paper voids what was signed; then all five sign."""
    path = f"/items/{item.pk}/sign/"
    people["沈砚清"].go(path).sees("没有办成").sees("林知微")
    assert not item.signatures.exists()
    for name in ("林知微", "闻人澈"):
        people[name].go(path).press("同意").sees("已签批")
    attach(people["梁思齐"], item, papers["可行性研究报告（修订）"], "可行性研究")
    liaison = people["梁思齐"].go(f"/items/{item.pk}/edit/").press("核对并提交新稿")
    liaison.fill("改了什么、为什么改", "换用修订后的可行性研究报告").press("提交新稿")
    people["周予安"].go(f"/items/{item.pk}/").press("受理")
    assert item.signatures.filter(version=Item.objects.get(pk=item.pk).current_version).count() == 0
    for name, kind in (
        ("林知微", "research"),
        ("梁思齐", "expert"),
        ("贺北辰", "risk"),
        ("卢正言", "legal"),
        ("梁思齐", "plan"),
    ):
        people[name].go(f"/items/{item.pk}/checks/{kind}/confirm/").sees("可行性研究报告（修订）.pdf").press(
            "改动不影响结论，确认"
        )
    for name in ("林知微", "闻人澈", "陆景和", "邵闻笛", "沈砚清"):
        people[name].go(path).press("同意").sees("已签批")
    item.refresh_from_db()
    assert item.state == "ready"


def call_the_meeting(people: Cast, item: Item) -> Meeting:
    """The 21st meeting with the school on its agenda, its notice, and a reply."""
    clerk = people["周予安"].go("/meetings/plan/")
    clerk.page.locator("[name=day]").fill("2026-11-26")
    clerk.page.locator("[name=time]").fill("09:00")
    clerk.fill("地点", "区委第一会议室").press("筹备")
    meeting = Meeting.objects.get()
    clerk.go(f"/meetings/{meeting.pk}/schedule/")
    clerk.page.locator(f"#pick-{item.pk}").check()
    clerk.press("各列一项").sees(SCHOOL)
    clerk.go(f"/meetings/{meeting.pk}/notice/send/").press("发出通知")
    people["陆景和"].go(f"/meetings/{meeting.pk}/notice/").press("参会")
    meeting.refresh_from_db()
    assert meeting.state == "notified"
    return meeting


def hold_it(people: Cast, meeting: Meeting, item: Item, clock) -> None:
    """Five of eleven cannot open it; eleven vote 9:1:1 by name; an undecided entry keeps it open."""
    clock.set("2026-11-26 08:50")
    clerk = people["周予安"].go(f"/meetings/{meeting.pk}/console/")
    for name in MEMBERS[:5]:
        arrive(clerk, name)
    clerk.go(f"/meetings/{meeting.pk}/open/").sees("须半数以上（6）到会")
    assert Meeting.objects.get(pk=meeting.pk).state == "notified"
    clerk.go(f"/meetings/{meeting.pk}/console/")
    for name in MEMBERS[5:]:
        arrive(clerk, name)
    clerk.go(f"/meetings/{meeting.pk}/open/").press("开会")
    clerk.sees(SCHOOL)
    clerk.press("开始审议")
    clerk.go(f"/meetings/{meeting.pk}/close/").sees(SCHOOL)
    assert Meeting.objects.get(pk=meeting.pk).state == "in_session"
    clerk.go(f"/meetings/{meeting.pk}/console/")
    for _ in range(2):
        clerk.page.get_by_role("button", name="记名", exact=False).first.click()
        vote(clerk)
    decide(clerk)
    clerk.go(f"/meetings/{meeting.pk}/close/").press("散会")
    assert Meeting.objects.get(pk=meeting.pk).state == "closed"
    item.refresh_from_db()
    assert item.state == "deliberated"


def arrive(clerk: Someone, name: str) -> None:
    clerk.page.get_by_role("button", name=f"{name}签到").click()
    expect(clerk.page.get_by_role("button", name=f"{name}签到")).to_have_count(0)


def vote(clerk: Someone) -> None:
    """顾维桢 against, 韩立岑 abstains, the other nine in favour."""
    page = clerk.page
    page.get_by_role("button", name="顾维桢反对").click()
    page.get_by_role("button", name="韩立岑弃权").click()
    page.get_by_role("button", name="其余 9 人都赞成").click()
    expect(page.locator("#ballot")).to_contain_text("应到 11，赞成 9，超过半数（6）")
    page.get_by_role("button", name="宣布结果").click()
    expect(page.locator("#ballot")).to_have_count(0)


def decide(clerk: Someone) -> None:
    """What was decided, who does it, until when."""
    clerk.press("写下议定结果")
    expect(clerk.page.locator("fieldset.decide-one")).to_have_count(2)
    for one in clerk.page.locator("fieldset.decide-one").all():
        one.get_by_label("责任单位").select_option(label="教体局")
        one.get_by_label("完成时限").fill("2028-08-31")
    clerk.page.locator("form.decide").get_by_role("button", name="写下议定结果").click()
    clerk.sees("已议决")


def issue_the_minutes(people: Cast, meeting: Meeting, tmp_path: Path, clock) -> None:
    """Drafted from the records, reviewed by the director, signed by the chair, numbered 21 and printed."""
    clock.set("2026-11-26 16:00")
    clerk = people["周予安"].go(f"/minutes/start/{meeting.pk}/")
    clerk.sees("城东学校").press("按记录起草")
    minutes = meeting.minutes.get()
    clerk.press("送审")
    people["邵闻笛"].go(f"/minutes/{minutes.pk}/review/").press("审核通过")
    people["沈砚清"].go(f"/minutes/{minutes.pk}/sign/").press("签发")
    minutes.refresh_from_db()
    assert minutes.state == "signed"
    make_papers()
    text = printed(people["周予安"], f"/minutes/{minutes.pk}/minutes.pdf", tmp_path / "minutes.pdf")
    for words in ("〔2026〕21号", "城东学校", "赞成9人，反对1人，弃权1人，通过", "教体局", "2028年8月31日"):
        assert words in text, words
    notice = printed(people["周予安"], f"/notices/{minutes.notices.get().pk}/notice.pdf", tmp_path / "notice.pdf")
    for words in ("城东学校", "闻人澈", "2028年8月31日"):
        assert words in notice, words


def print_the_division(clerk: Someone, tmp_path: Path) -> None:
    """The whole list as it hangs on the wall."""
    division = Division.objects.get()
    path = f"/organisation/division/{division.pk}/paper/"
    clerk.page.request.get(path)
    make_papers()
    text = printed(clerk, path, tmp_path / "division.pdf")
    for name in ("沈砚清", "闻人澈", "教体局", "第14次会议通过"):
        assert name in text, name


def printed(reader: Someone, path: str, target: Path) -> str:
    """The PDF's text without spaces; its first page is also drawn, so that an empty page cannot pass."""
    answer = reader.page.request.get(path)
    assert answer.status == 200, (path, answer.status)
    assert answer.headers["content-type"] == "application/pdf"
    target.write_bytes(answer.body())
    picture = target.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "40", "-png", "-f", "1", "-l", "1", target, picture], check=True)
    [drawn] = target.parent.glob(f"{picture.name}-*.png")
    assert drawn.stat().st_size > 4000
    return "".join("".join(page.extract_text().split()) for page in PdfReader(target).pages)
