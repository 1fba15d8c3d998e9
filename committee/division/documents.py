"""The papers of a division: the whole list and each leader's sheet, read from frozen bytes alone."""

import re
from datetime import date
from typing import Any

from committee.division.content import content_of
from committee.division.models import Division
from committee.division.workflow import DivisionState
from common import clock
from common.documents.papers import DivisionPaper, DivisionRow, LeaderDivisionPaper
from common.records.canonical import canonical_bytes, read_canonical
from common.web.formats import cn_full_date

WHOLE, LEADER = "division", "leader_division"
DRAFT = "草案"
# Duties stand line by line: 主持区政府全面工作； / 分管审计工作。
DUTY = re.compile(r"[^；;\n]+")
STAND_IN = "领导同志外出期间，工作由其AB角代行。"


def whole_payload(division: Division) -> bytes:
    """The bytes of the list: the record's own once it is in force, before that the draft as it stands now."""
    if division.record:
        return bytes(division.record.payload)
    return canonical_bytes({**content_of(division), "as_of": clock.today(), "state": _state(division)})


def leader_payload(division: Division, person_id: int) -> bytes:
    """The bytes of one leader's sheet: the whole frozen list, and whose sheet it is."""
    return canonical_bytes({"division": read_canonical(whole_payload(division)), "leader": person_id})


def whole_paper(payload: bytes) -> DivisionPaper:
    """The whole list, A4 across."""
    frozen = read_canonical(payload)
    return DivisionPaper(
        title=frozen["title"],
        basis=_basis(frozen),
        as_of=_as_of(frozen),
        rows=tuple(_row(line) for line in frozen["lines"]),
        issuer=_issuer(frozen),
        remarks=(STAND_IN,) if any(line["backup"] for line in frozen["lines"]) else (),
        state=frozen.get("state", ""),
    )


def leader_paper(payload: bytes) -> LeaderDivisionPaper:
    """One leader's sheet, A4 upright."""
    asked = read_canonical(payload)
    frozen, leader = asked["division"], asked["leader"]
    line = next(line for line in frozen["lines"] if line["person"]["id"] == leader)
    return LeaderDivisionPaper(
        title="领导分工",
        basis=_basis(frozen),
        as_of=_as_of(frozen),
        leader=_row(line),
        issuer=_issuer(frozen),
        backup_for=tuple(
            other["person"]["name"] for other in frozen["lines"] if (other["backup"] or {}).get("id") == leader
        ),
        remarks=(STAND_IN,) if line["backup"] else (),
        state=frozen.get("state", ""),
    )


def _row(line: dict[str, Any]) -> DivisionRow:
    return DivisionRow(
        name=line["person"]["name"],
        post=line["post"],
        duties=_duties(line["work"]),
        units=_short_names(line["in_charge_of"]),
        liaisons=_short_names(line["liaison_for"]),
        assists=_short_names(line["assists"]),
        backups=(line["backup"]["name"],) if line["backup"] else (),
    )


def _duties(work: str) -> tuple[str, ...]:
    parts = [part.strip().rstrip("。") for part in DUTY.findall(work) if part.strip(" 。　")]
    return tuple(f"{part}{'。' if place == len(parts) else '；'}" for place, part in enumerate(parts, start=1))


def _short_names(units: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(unit["short_name"] for unit in units)


def _basis(frozen: dict[str, Any]) -> str:
    if not frozen["valid_from"]:
        return "讨论稿，未生效"
    return f"{frozen['basis']}，自{cn_full_date(date.fromisoformat(frozen['valid_from']))}起执行"


def _as_of(frozen: dict[str, Any]) -> date:
    return date.fromisoformat(frozen["valid_from"] or frozen["as_of"])


def _issuer(frozen: dict[str, Any]) -> str:
    return f"{frozen['committee']}办公室"


def _state(division: Division) -> str:
    return DRAFT if division.state == DivisionState.DRAFT else division.get_state_display()
