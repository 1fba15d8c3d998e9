"""The 呈报单 on paper: made from frozen bytes alone, its text read back."""

from agenda.items.documents import SHEET_KIND, build_sheet, sheet_bytes, sheet_name
from agenda.items.models import Item
from agenda.items.services.waive_check import waive_check
from common.documents.models import RenderedDocument
from common.documents.services.make_document import make_next
from common.documents.services.request_document import request_document
from common.files.store import read_file
from tests.common.documents.reading import pages
from tests.support import stories
from tests.support.cast import District


def test_the_sheet_says_what_was_filed_checked_and_signed(district: District) -> None:
    item = stories.vetted_item(district)
    stories.sign_next(district, item, opinion="同意呈报")
    payload = sheet_bytes(Item.objects.get(pk=item.pk))
    document = request_document(actor=district.office, kind=SHEET_KIND, payload=payload, name=sheet_name(item))
    assert make_next(0) == document.pk
    document = RenderedDocument.objects.get(pk=document.pk)
    assert document.state == RenderedDocument.State.DONE, document.error
    text = "".join(pages(read_file(document.file)))
    said = (
        *(
            "云川区委常委会议题呈报单",
            "议〔2026〕1号",
            "关于新建城东学校的请示",
            "区教育和体育局",
            "林知微",
            "重大项目安排",
        ),
        *(
            "1.8",
            "180,000,000",
            "同意新建城东学校",
            "政府常务会议纪要.pdf",
            "合法性审查",
            "卢正言",
            "同意呈报",
            "第1稿",
        ),
    )
    for words in said:
        assert words in text, words


def test_equal_standings_give_equal_bytes(district: District) -> None:
    item = stories.filed_item(district)
    assert sheet_bytes(item) == sheet_bytes(Item.objects.get(pk=item.pk))


def test_what_is_open_keeps_its_room_for_the_pen(district: District) -> None:
    item = stories.accepted_item(district)
    waive_check(actor=district.director, item=item, kind="expert", digest=item.version.digest, reason="不涉及专业问题")
    paper = build_sheet(sheet_bytes(item))
    assert [(check.name, check.conclusion, check.reviewer) for check in paper.checks][:2] == [
        ("调查研究", "", ""),
        ("专家论证", "不适用：不涉及专业问题", "邵闻笛"),
    ]
    assert [(line.role, line.signer, line.signed_on) for line in paper.signatures][-1] == ("书记意见", "", None)


def test_an_item_without_checks_prints_none(district: District) -> None:
    paper = build_sheet(sheet_bytes(stories.heard_item(district)))
    assert paper.checks == ()
    assert (paper.amount, paper.urgency, paper.meeting) == ("", "", "常委会（听取）")
    assert all(line.signer for line in paper.signatures)
