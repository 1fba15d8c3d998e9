"""会议纪要 (GB/T 9704-2012 §10.3)."""

from dataclasses import dataclass

from common.documents.papers.base import Imprint, Paper, RedHead, Roll, Section
from common.documents.render import Metadata


@dataclass(frozen=True)
class MinutesPaper(Paper):
    """The signed 纪要. Signature blocks, digests and check codes stay off it: they stand on the archive sheet.

    `head.mark`: 中共云川区委常委会会议纪要; `title`: lines broken by sense, may be empty; `note`:
    本纪要替代〔2026〕20号纪要; `facts`: 时间, 地点, 主持 … before the text, where the committee's form has them;
    `opening`: paragraphs before the first item; `sections`: one per item; `closing`: paragraphs after the last;
    `rolls`: 出席, 请假, 列席, 记录 after the text.
    """

    template = "print/minutes.html"
    stylesheets = ("page.css", "official.css")

    head: RedHead
    imprint: Imprint
    title: tuple[str, ...] = ()
    note: str = ""
    facts: tuple[Roll, ...] = ()
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()

    def metadata(self) -> Metadata:
        return Metadata(
            title=self.head.mark + self.head.document_no,
            author=self.imprint.printed_by,
            subject="".join(self.title),
            created=self.imprint.printed_on,
        )
