"""A 纪要 as it is frozen at signing, and read back: always from the sealed bytes, never from rows."""

from dataclasses import replace
from datetime import date
from typing import Any

from common.documents.papers import Imprint, MinutesPaper, RedHead, Roll, Section
from common.records.canonical import read_canonical
from decisions.minutes.models import Minutes
from decisions.minutes.text import MinutesText

MINUTES_KIND = "minutes"


def minutes_content(minutes: Minutes, text: MinutesText) -> dict[str, Any]:
    """What is sealed as minutes/1. `text` comes with number, signer and day."""
    before = minutes.supersedes
    return {
        "text": text.to_json(),
        "meeting": {"id": minutes.meeting_id, "title": minutes.meeting.full_title, "day": minutes.meeting.day},
        "revision": minutes.checked_revision,
        "checked_by": minutes.checked_by.name if minutes.checked_by else "",
        "supersedes": {"id": before.pk, "number": str(before.number)} if before else None,
        "reason": minutes.correction_reason,
    }


def format_words(schema: str) -> str:
    """纪要 第1版格式: how the archive names the format of what was sealed (minutes/1)."""
    return f"纪要 第{schema.rpartition('/')[2]}版格式"


def frozen_text(minutes: Minutes) -> MinutesText:
    """The signed text."""
    if minutes.record is None:
        raise ValueError(f"minutes {minutes.pk} are not signed")
    return MinutesText.from_json(read_canonical(bytes(minutes.record.payload))["text"])


def build_minutes(payload: bytes) -> MinutesPaper:
    """The paper of sealed minutes."""
    return paper_of(MinutesText.from_json(read_canonical(payload)["text"]))


def paper_of(text: MinutesText) -> MinutesPaper:
    """The paper of a text that has its number and day."""
    if text.issued_on is None:
        raise ValueError("a text without a day of issue cannot be printed")
    return MinutesPaper(
        head=RedHead(mark=text.mark, document_no=text.number),
        imprint=Imprint(text.issuer, text.issued_on, sent_to=text.sent_to),
        title=(f"{text.title}纪要",),
        note=text.note,
        opening=text.opening,
        sections=tuple(Section(heading, section.paragraphs) for heading, section in text.chapters),
        closing=text.closing,
        rolls=tuple(Roll(label, names) for label, names in text.rolls),
    )


def signed_text(minutes: Minutes, text: MinutesText, *, number: str, signed_by: str, day: date) -> MinutesText:
    """The text with what signing gives it."""
    before = minutes.supersedes
    replaces = str(before.number) if before else ""
    return replace(text, number=number, replaces=replaces, signed_by=signed_by, issued_on=day)
