"""Every paper says what it was given, on as many pages as it should take."""

import io

import pytest
from pypdf import PdfReader

from common.documents.papers import DivisionRow
from tests.common.documents import papers_of_the_demo as papers
from tests.common.documents.reading import lines, pages

SAID = {
    "minutes": ["〔2026〕21号", "同意新建城东学校，总投资1.8亿元", "出席：沈砚清", "列席：闻人澈唐砺", "区级各部门"],
    "decision_notice": [
        "云委办议〔2026〕86号",
        "区教育和体育局：",
        "牵头单位：教体局；配合单位：发改局、财政局",
        "抄送",
    ],
    "division": ["区委常委和区政府领导分工一览表", "顾维桢", "农业农村局、总工会、团区委、妇联", "第1页，共"],
    "leader_division": ["区领导分工", "党校校长", "邵闻笛", "苏文珩"],
    "agenda": ["份号：000007", "时间：2026年11月26日", "15:15干部任免事项（票决）", "林知微"],
    "meeting_notice": [
        "云委办通〔2026〕112号",
        "各区委常委，有关单位：",
        "一、会议时间",
        "（联系人：周予安，电话8602001）",
    ],
    "submission_sheet": ["议〔2026〕104号", "1.8亿元（18,000万元）", "可行", "同意呈报。", "校验值8f3a61c2"],
}
PAGES = {"minutes": 2, "division": 2, "meeting_notice": 2}


@pytest.mark.parametrize("name", papers.ALL)
def test_a_paper_says_what_it_was_given(name: str) -> None:
    read = pages(papers.ALL[name].to_pdf())
    assert len(read) == PAGES.get(name, 1)
    for words in SAID[name]:
        assert words in "".join(read)


@pytest.mark.parametrize("name", papers.ALL)
def test_the_pdf_names_itself_and_the_day_on_the_paper(name: str) -> None:
    paper = papers.ALL[name]
    described = PdfReader(io.BytesIO(paper.to_pdf())).metadata
    assert described is not None
    assert described.title == paper.metadata().title
    assert described.creation_date is not None
    assert described.creation_date.date() == paper.metadata().created


def test_text_of_people_is_never_markup() -> None:
    paper = papers.minutes(papers.Section("一、<b>标题</b>", ("<script>&amp;1年",)))
    assert "&lt;script&gt;&amp;amp;" in paper.to_html()
    assert "<script>&amp;1年" in "".join(pages(paper.to_pdf()))


def test_the_head_of_a_long_table_stands_on_every_page() -> None:
    pdf = papers.ALL["division"].to_pdf()
    assert all("分管部门（单位）" in page for page in pages(pdf))


def test_the_column_of_assistance_stands_only_where_somebody_assists() -> None:
    assisting = DivisionRow("陆景和", "区长", assists=("党的建设",))
    paper = papers.DivisionPaper(
        title="分工", basis="通过", as_of=papers.ISSUED, rows=(assisting,), issuer=papers.OFFICE
    )
    assert "协助" in pages(paper.to_pdf())[0]
    assert "协助</th>" not in papers.DIVISION.to_html()


def test_an_open_signature_keeps_room_for_the_pen() -> None:
    assert "签字：年月日" in pages(papers.ALL["submission_sheet"].to_pdf())[0]


def test_secrecy_and_draft_stand_in_the_corners() -> None:
    pdf = papers.minutes(
        papers.SCHOOL, copy_no="000012", classification="秘密★1年", urgency="特急", draft_mark="送审稿"
    ).to_pdf()
    corners = {line.text: line for line in lines(pdf, 1)}
    assert corners["000012"].left == pytest.approx(28, abs=0.6)
    assert corners["000012"].top < corners["秘密★1年"].top < corners["特急"].top
    assert corners["送审稿"].right == pytest.approx(184, abs=0.6)
