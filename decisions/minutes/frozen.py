"""What is frozen at signing, and how it is read back: always from the sealed bytes, never from rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from committee.units.models import Unit
from common.documents.papers import DecisionNoticePaper, Imprint, MinutesPaper, NoticeMatter, RedHead, Roll, Section
from common.records.canonical import read_canonical
from common.web.formats import cn_number
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.text import MinutesText, Resolution
from decisions.outcomes.matters import CARRIED_OUT

MINUTES_KIND, NOTICE_KIND = "minutes", "decision_notice"


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


@dataclass(frozen=True)
class NoticePlan:
    """A notice to be issued: one matter, one unit. `place`: 一, or 一（2） where the entry has several matters."""

    resolution: Resolution
    place: str
    item: str
    unit: Unit

    @property
    def leads(self) -> bool:
        return self.unit.short_name == self.resolution.lead_unit


def planned_notices(text: MinutesText, before: MinutesText | None, units: dict[str, Unit]) -> list[NoticePlan]:
    """One for each unit of each matter that somebody has to carry out; of a correction only the matters it changed."""
    unchanged = before.resolutions if before else {}
    plans = []
    for number, section in enumerate(text.sections, start=1):
        for place, one in enumerate(section.resolutions, start=1):
            if one.outcome not in CARRIED_OUT or unchanged.get(one.matter) == one:
                continue
            where = cn_number(number) + (f"（{place}）" if len(section.resolutions) > 1 else "")
            plans += [NoticePlan(one, where, section.heading, units[name]) for name in one.units]
    return plans


def notice_content(plan: NoticePlan, text: MinutesText, *, number: str, mark: str, contact: str) -> dict[str, Any]:
    """What is sealed as decision_notice/1 and printed."""
    one = plan.resolution
    ask = (
        "请你单位牵头，会同配合单位按议定意见抓好落实，办理情况报区委办公室。"
        if plan.leads
        else f"请你单位配合{one.lead_unit}按议定意见抓好落实。"
    )
    return {
        "mark": mark,
        "number": number,
        "addressed_to": plan.unit.full_name,
        "opening": f"根据{text.title}议定意见和{text.number}纪要，现将涉及你单位的事项通知如下。",
        "matter": {
            "id": one.matter,
            "number": plan.place,
            "item": plan.item,
            "text": one.text,
            "duty": "牵头" if plan.leads else "配合",
            "leader": one.leader,
            "lead_unit": one.lead_unit,
            "co_units": list(one.co_units),
            "deadline": one.deadline,
        },
        "requests": [ask],
        "issuer": text.issuer,
        "issued_on": text.issued_on,
        "contact": contact,
        "copied_to": f"{one.leader}同志。" if one.leader else "",
        "unit": plan.unit.pk,
    }


def build_notice(payload: bytes) -> DecisionNoticePaper:
    """The paper of a sealed notice."""
    content = read_canonical(payload)
    matter = {name: value for name, value in content["matter"].items() if name != "id"}
    return DecisionNoticePaper(
        mark=content["mark"],
        document_no=content["number"],
        addressed_to=content["addressed_to"],
        opening=content["opening"],
        matters=(NoticeMatter(**{**matter, "co_units": tuple(matter["co_units"])}),),
        requests=tuple(content["requests"]),
        issuer=content["issuer"],
        issued_on=date.fromisoformat(content["issued_on"]),
        contact=content["contact"],
        copied_to=content["copied_to"],
    )


def notice_paper(notice: DecisionNotice) -> DecisionNoticePaper:
    """The notice as it was sealed."""
    return build_notice(bytes(notice.record.payload))


def signed_text(minutes: Minutes, text: MinutesText, *, number: str, signed_by: str, day: date) -> MinutesText:
    """The text with what signing gives it."""
    before = minutes.supersedes
    replaces = str(before.number) if before else ""
    return replace(text, number=number, replaces=replaces, signed_by=signed_by, issued_on=day)
