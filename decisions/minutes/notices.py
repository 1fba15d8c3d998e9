"""议定事项通知单: which are issued at signing, what is frozen of each, and how it is read back from its bytes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from committee.units.models import Unit
from common.documents.papers import DecisionNoticePaper, NoticeMatter
from common.records.canonical import read_canonical
from common.web.formats import cn_number
from decisions.minutes.models import DecisionNotice
from decisions.minutes.text import MinutesText, Resolution, Section

NOTICE_KIND = "decision_notice"


@dataclass(frozen=True)
class NoticePlan:
    """A notice to be issued: one decision, one unit, the matters that are this unit's.

    `matters`: (number in the meeting, matter): 一, or 一（2） where the entry has several.
    """

    unit: Unit
    item: str
    matters: tuple[tuple[str, Resolution], ...]

    def duty(self, one: Resolution) -> str:
        return "牵头" if one.lead_unit == self.unit.short_name else "配合"

    @property
    def request(self) -> str:
        """What is asked of the unit."""
        duties = {self.duty(one) for _, one in self.matters}
        if duties == {"配合"}:
            return "请你单位配合牵头单位按议定意见抓好落实。"
        if duties == {"牵头"}:
            shared = "，会同配合单位" if any(one.co_units for _, one in self.matters) else ""
            return f"请你单位牵头{shared}按议定意见抓好落实，办理情况报我办。"
        return "牵头的事项，请会同配合单位抓好落实，办理情况报我办；配合的事项，请配合牵头单位抓好落实。"


def planned_notices(text: MinutesText, before: MinutesText | None, units: dict[str, Unit]) -> list[NoticePlan]:
    """One for each decision and unit that has to carry something out; of a correction only what it changed."""
    plans = []
    for number, section in enumerate(text.sections, start=1):
        old = before.section(section.entry) if before else None
        if old is None or old.resolutions != section.resolutions:
            plans += _of_section(section, cn_number(number), units)
    return plans


def _of_section(section: Section, number: str, units: dict[str, Unit]) -> list[NoticePlan]:
    several = len(section.resolutions) > 1
    carried = [
        (f"{number}（{place}）" if several else number, one)
        for place, one in enumerate(section.resolutions, start=1)
        if one.carried
    ]
    names = dict.fromkeys(name for _, one in carried for name in one.units)
    return [
        NoticePlan(units[name], section.heading, tuple(pair for pair in carried if name in pair[1].units))
        for name in names
    ]


def notice_content(plan: NoticePlan, text: MinutesText, *, number: str, contact: str) -> dict[str, Any]:
    """What is sealed as decision_notice/1 and printed."""
    body = text.mark.removeprefix("中共").removesuffix("会议纪要")
    leaders = "、".join(dict.fromkeys(one.leader for _, one in plan.matters if one.leader))
    return {
        "mark": f"{body}议定事项通知单",
        "number": number,
        "unit": plan.unit.pk,
        "addressed_to": plan.unit.full_name,
        "opening": f"根据{text.title}议定意见和{text.number}纪要，现将涉及你单位的事项通知如下。",
        "matters": [
            {
                "id": one.matter,
                "number": place,
                "item": plan.item,
                "text": one.text,
                "duty": plan.duty(one),
                "leader": one.leader,
                "lead_unit": one.lead_unit,
                "co_units": one.co_units,
                "deadline": one.deadline,
            }
            for place, one in plan.matters
        ],
        "requests": [plan.request],
        "issuer": text.issuer,
        "issued_on": text.issued_on,
        "contact": contact,
        "copied_to": f"{leaders}同志。" if leaders else "",
    }


def build_notice(payload: bytes) -> DecisionNoticePaper:
    """The paper of a sealed notice."""
    content = read_canonical(payload)
    return DecisionNoticePaper(
        mark=content["mark"],
        document_no=content["number"],
        addressed_to=content["addressed_to"],
        opening=content["opening"],
        matters=tuple(_matter(one) for one in content["matters"]),
        requests=tuple(content["requests"]),
        issuer=content["issuer"],
        issued_on=date.fromisoformat(content["issued_on"]),
        contact=content["contact"],
        copied_to=content["copied_to"],
    )


def _matter(content: dict[str, Any]) -> NoticeMatter:
    fields = {name: value for name, value in content.items() if name != "id"}
    return NoticeMatter(**{**fields, "co_units": tuple(content["co_units"])})


def notice_paper(notice: DecisionNotice) -> DecisionNoticePaper:
    """The notice as it was sealed."""
    return build_notice(bytes(notice.record.payload))
