"""What every paper has: a template, its sheets of style, a version, and a way to HTML and to PDF."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from django.conf import settings
from django.template import Context, Engine

from common.documents.render import Metadata, render_pdf


@cache
def _engine() -> Engine:
    """Templates of paper, apart from those of the web: no request, no context processors, only the paper's filters."""
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], builtins=["common.documents.filters"])


@dataclass(frozen=True)
class Paper:
    """Base of all papers.

    `version` goes up when the template changes what old frozen bytes look like; documents made before are kept.
    """

    template: ClassVar[str]
    stylesheets: ClassVar[tuple[str, ...]]
    version: ClassVar[int] = 1

    def to_html(self) -> str:
        """The whole HTML text; equal values give equal text."""
        values = {"paper": self, "title": self.metadata().title}
        return str(_engine().get_template(self.template).render(Context(values, use_l10n=False)))

    def metadata(self) -> Metadata:
        """What the PDF says about itself."""
        raise NotImplementedError

    def to_pdf(self) -> bytes:
        """The PDF; slow (0.2 s and more), so only workers call it."""
        return render_pdf(self.to_html(), stylesheets=self.stylesheets, metadata=self.metadata())


@dataclass(frozen=True)
class RedHead:
    """The head of an official paper (GB/T 9704-2012 §7.2).

    `mark`: 发文机关标志 or `XXXX纪要`; `document_no`: 〔2026〕21号, no leading zero, no 第; `signed_by`: 签发人,
    shown beside the number where given; `copy_no`: six digits; `classification`: 秘密★1年; `urgency`: 特急 or
    加急; `draft_mark`: 送审稿 and the like, top right, for what is not in force.
    """

    mark: str
    document_no: str = ""
    signed_by: str = ""
    copy_no: str = ""
    classification: str = ""
    urgency: str = ""
    draft_mark: str = ""

    @property
    def mark_points(self) -> float:
        """Size of the mark: one line within the 版心 (442 pt) with a character to spare, never above 42 pt."""
        return round(min(42.0, 442 / (len(self.mark) + 1)), 1)


@dataclass(frozen=True)
class Section:
    """A numbered part: `heading` as printed (一、…), then paragraphs, each set by the level it begins with."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roll:
    """A label and what follows its colon: 出席 and the names in order, 时间 and one value."""

    label: str
    values: tuple[str, ...]

    @property
    def hang(self) -> int:
        """Characters of label and colon: wrapped lines begin after them."""
        return len(self.label) + 1


@dataclass(frozen=True)
class Imprint:
    """版记 at the foot of the last page: whom it goes to, who printed it and when (GB/T 9704-2012 §7.4)."""

    printed_by: str
    printed_on: date
    sent_to: str = ""
    sent_label: str = "分送"
