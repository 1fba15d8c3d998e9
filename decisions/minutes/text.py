"""What a 纪要 says, as plain values: the draft, the frozen bytes, the page and the paper are all read from here."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from common.web.formats import cn_full_date, cn_number
from decisions.outcomes.matters import CARRIED_OUT
from decisions.outcomes.models import Outcome

# Said besides the vote, where 通过 and 未通过 do not say it all.
SAID = {
    Outcome.PASSED_IN_PRINCIPLE: "原则通过，修改后按程序印发。",
    Outcome.TO_PLENARY: "提请全委会审议。",
    Outcome.REFERRED: "转政府办理。",
    Outcome.DEFERRED: "缓议。",
}


@dataclass(frozen=True)
class Resolution:
    """One 议定事项. Text and duty may be worded anew; outcome and vote stay as they were recorded.

    `matter`: id of the DecidedMatter; `vote`: 经记名表决，应到11人 …; units by short name.
    """

    matter: int
    outcome: str
    text: str
    vote: str = ""
    leader: str = ""
    lead_unit: str = ""
    co_units: tuple[str, ...] = ()
    due_on: date | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """Who gets a notice of it: the unit in the lead first."""
        return tuple(name for name in (self.lead_unit, *self.co_units) if name)

    @property
    def deadline(self) -> str:
        return cn_full_date(self.due_on) if self.due_on else ""

    @property
    def duty(self) -> str:
        """责任单位：教体局；配合单位：发改局、财政局；责任领导：闻人澈；完成时限：2028年8月31日."""
        parts = (
            ("责任单位", self.lead_unit),
            ("配合单位", "、".join(self.co_units)),
            ("责任领导", self.leader),
            ("完成时限", self.deadline),
        )
        return "；".join(f"{label}：{value}" for label, value in parts if value)

    @property
    def sentence(self) -> str:
        """The whole of it in one paragraph: what, who, how it was voted, what it came to."""
        text = self.text.strip().rstrip("。；;")
        if not self.carried:
            return f"对「{text}」，{self._verdict}"
        duty = f"（{self.duty}）" if self.duty else ""
        return f"{text}{duty}。{self._verdict}"

    @property
    def _verdict(self) -> str:
        """The vote and what it came to, said once: what passed in principle did not simply pass."""
        said, plain = SAID.get(Outcome(self.outcome), ""), "，通过。"
        if self.outcome == Outcome.PASSED_IN_PRINCIPLE and self.vote.endswith(plain):
            return f"{self.vote.removesuffix(plain)}，{said}"
        return f"{self.vote}{said}"

    @property
    def carried(self) -> bool:
        """Was it resolved, so that somebody has to carry it out?"""
        return self.outcome in CARRIED_OUT

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        due_on = value.get("due_on")
        return cls(
            **{**value, "co_units": tuple(value["co_units"]), "due_on": date.fromisoformat(due_on) if due_on else None}
        )


@dataclass(frozen=True)
class Section:
    """One entry of the agenda. `heading` without its number; `body`: paragraphs before 会议议定.

    `dissent`: who was of another opinion, as a fact. Of a cadre entry (`cadre`) nothing but the fixed words stands here
    (rules.md §4).
    """

    entry: int
    heading: str
    body: tuple[str, ...]
    resolutions: tuple[Resolution, ...] = ()
    dissent: tuple[str, ...] = ()
    cadre: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """As printed: 会议听取、讨论, 会议议定, other opinions."""
        return (*self.body, *self._resolved(), *self.dissent)

    def _resolved(self) -> list[str]:
        if not self.resolutions:
            return []
        begin = "会议议定：" if any(one.carried for one in self.resolutions) else "会议表决："
        if len(self.resolutions) == 1:
            return [begin + self.resolutions[0].sentence]
        return [begin, *(f"{number}．{one.sentence}" for number, one in enumerate(self.resolutions, start=1))]

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            **{
                **value,
                "body": tuple(value["body"]),
                "resolutions": tuple(Resolution.from_json(one) for one in value["resolutions"]),
                "dissent": tuple(value["dissent"]),
            }
        )


@dataclass(frozen=True)
class MinutesText:
    """The whole 纪要. `number`, `replaces`, `signed_by`, `issued_on` are empty until it is signed.

    `mark`: 中共云川区委常委会会议纪要; `title`: 八届区委常委会第21次会议; lists of people in order of post, with a
    remark in brackets behind the name where there is one.
    """

    mark: str
    title: str
    held_at: str
    place: str
    chair: str
    recorder: str
    issuer: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    present: tuple[str, ...]
    leave: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    attending: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    sent_to: str = ""
    number: str = ""
    replaces: str = ""
    signed_by: str = ""
    issued_on: date | None = None

    @property
    def note(self) -> str:
        return f"本纪要替代{self.replaces}纪要" if self.replaces else ""

    @property
    def chapters(self) -> list[tuple[str, Section]]:
        """(一、关于新建城东学校, section)."""
        return [(f"{cn_number(n)}、{section.heading}", section) for n, section in enumerate(self.sections, start=1)]

    @property
    def rolls(self) -> list[tuple[str, tuple[str, ...]]]:
        """出席, 请假, 缺席, 列席, 记录, 签发: those that name somebody."""
        rolls = (
            ("出席", self.present),
            ("请假", self.leave),
            ("缺席", self.absent),
            ("列席", self.attending),
            ("记录", _one(self.recorder)),
            ("签发", _one(self.signed_by)),
        )
        return [(label, names) for label, names in rolls if names]

    @property
    def resolutions(self) -> dict[int, Resolution]:
        """By the id of the decided matter."""
        return {one.matter: one for section in self.sections for one in section.resolutions}

    def section(self, entry: int) -> Section | None:
        return next((section for section in self.sections if section.entry == entry), None)

    def with_section(self, section: Section) -> Self:
        """The same text with this section in the place of the entry's."""
        return replace(self, sections=tuple(section if s.entry == section.entry else s for s in self.sections))

    def unsigned(self) -> Self:
        """The text as a correction begins with it."""
        return replace(self, number="", replaces="", signed_by="", issued_on=None)

    def to_json(self) -> dict[str, Any]:
        """Plain values: days as 2026-11-26, tuples as lists."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        lists = ("opening", "present", "leave", "absent", "attending", "closing")
        issued_on = value.get("issued_on")
        return cls(
            **{
                **value,
                **{name: tuple(value[name]) for name in lists},
                "sections": tuple(Section.from_json(one) for one in value["sections"]),
                "issued_on": date.fromisoformat(issued_on) if issued_on else None,
            }
        )


def problems(text: MinutesText, known_units: Iterable[str], known_leaders: Iterable[str], day: date) -> list[str]:
    """What keeps it from being reviewed: whole sentences, by place; empty where nothing does."""
    known, leaders = set(known_units), set(known_leaders)
    found = [] if text.opening else ["开头没有写。请写明时间、主持人和会议名称。"]
    if not text.present:
        found.append("出席人员没有写。")
    for heading, section in text.chapters:
        where = f"「{heading}」"
        if not section.heading:
            found.append(f"{where}没有标题。")
        if not section.paragraphs:
            found.append(f"{where}没有正文。")
        found += [f"{where}{said}" for one in section.resolutions for said in _lacking(one, known, leaders, day)]
    return found


def _lacking(one: Resolution, known: set[str], leaders: set[str], day: date) -> list[str]:
    found = []
    if not one.text.strip():
        found.append("有一项议定内容没有写。")
    if one.carried and not one.lead_unit:
        found.append(f"「{one.text[:20]}」没有责任单位。")
    unknown = [name for name in one.units if name not in known]
    if unknown:
        found.append(f"的「{'」「'.join(unknown)}」不是开会那天在册的单位，请写规范简称。")
    if len(set(one.units)) < len(one.units):
        found.append("有单位重复，责任单位不再列为配合单位。")
    if one.leader and one.leader not in leaders:
        found.append(f"的责任领导「{one.leader}」不是开会那天在任的区领导，请写一位区领导的姓名。")
    if one.due_on and one.due_on < day:
        found.append("的完成时限早于开会那天。")
    return found


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
