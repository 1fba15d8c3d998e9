"""The text of a 纪要 as fields of a page, by fixed names, and back: what may be worded anew, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from decisions.minutes.text import MinutesText, Resolution, Section

PARAGRAPHS = ("opening", "closing")
PEOPLE = ("present", "leave", "absent", "attending")
LINES = ("recorder", "sent_to")
# A name may carry a remark in brackets, in which commas do not part names.
_NAME = re.compile(r"(?:[^、，,；;\n（(]|[（(][^）)]*[）)])+")


def fields_of(text: MinutesText) -> dict[str, str]:
    """Every field with its content, one paragraph a line, people and units parted by 、."""
    fields = {name: "\n".join(getattr(text, name)) for name in PARAGRAPHS}
    fields |= {name: "、".join(getattr(text, name)) for name in PEOPLE}
    fields |= {name: getattr(text, name) for name in LINES}
    for section in text.sections:
        if not section.cadre:
            fields |= _fields_of_section(section)
    return fields


def _fields_of_section(section: Section) -> dict[str, str]:
    entry = f"e{section.entry}"
    fields = {
        f"{entry}-heading": section.heading,
        f"{entry}-body": "\n".join(section.body),
        f"{entry}-dissent": "\n".join(section.dissent),
    }
    for one in section.resolutions:
        matter = f"m{one.matter}"
        fields |= {
            f"{matter}-text": one.text,
            f"{matter}-lead": one.lead_unit,
            f"{matter}-co": "、".join(one.co_units),
            f"{matter}-leader": one.leader,
            f"{matter}-due": one.due_on.isoformat() if one.due_on else "",
        }
    return fields


def with_fields(text: MinutesText, fields: Mapping[str, str]) -> MinutesText:
    """The text with what was typed; what is not among the fields stays, votes and cadre entries always."""
    typed = fields_of(text) | {name: value for name, value in fields.items() if isinstance(value, str)}
    return replace(
        text,
        sections=tuple(s if s.cadre else _section(s, typed) for s in text.sections),
        opening=_paragraphs(typed["opening"]),
        closing=_paragraphs(typed["closing"]),
        present=_names(typed["present"]),
        leave=_names(typed["leave"]),
        absent=_names(typed["absent"]),
        attending=_names(typed["attending"]),
        recorder=typed["recorder"].strip(),
        sent_to=typed["sent_to"].strip(),
    )


def _section(section: Section, typed: Mapping[str, str]) -> Section:
    entry = f"e{section.entry}"
    return replace(
        section,
        heading=typed[f"{entry}-heading"].strip(),
        body=_paragraphs(typed[f"{entry}-body"]),
        dissent=_paragraphs(typed[f"{entry}-dissent"]),
        resolutions=tuple(_resolution(one, typed) for one in section.resolutions),
    )


def _resolution(one: Resolution, typed: Mapping[str, str]) -> Resolution:
    matter = f"m{one.matter}"
    return replace(
        one,
        text=" ".join(_paragraphs(typed[f"{matter}-text"])),
        lead_unit=typed[f"{matter}-lead"].strip(),
        co_units=_names(typed[f"{matter}-co"]),
        leader=typed[f"{matter}-leader"].strip(),
        due_on=_day(typed[f"{matter}-due"]) if typed[f"{matter}-due"] else None,
    )


def _paragraphs(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in value.splitlines() if line.strip())


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NAME.findall(value) if name.strip())


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None
