"""The 呈报单 as a printed sheet: the version's own words, its checks and signatures as they stand on the day."""

from datetime import date
from typing import Any

from agenda.items.lines import CheckLine, Mark, SignLine
from agenda.items.models import Item, Signature
from agenda.items.sheet import Sheet
from agenda.items.standing import Standing, standing_of
from agenda.rules.models import SignStep
from common.documents.papers import SheetCheck, SheetSignature, SubmissionSheetPaper
from common.records.canonical import canonical_bytes, read_canonical
from common.web.formats import local_day, money_exact

Office = SignStep.Office
SHEET_KIND = "submission_sheet"


def sheet_name(item: Item) -> str:
    """The file's name; titles may be long, file names not."""
    return f"议题呈报单{item.number}{item.title[:40]}.pdf"


def sheet_bytes(item: Item, standing: Standing | None = None) -> bytes:
    """What the sheet is made from, whole: nothing else is read when it is printed."""
    standing = standing or standing_of(item)
    version, body = item.version, item.get_target_body_display()
    payload = {
        "mark": f"{item.committee.short_name.removeprefix('中共')}{body}议题呈报单",
        "number": f"议{item.number}",
        "submitted_on": local_day(version.submitted_at),
        "unit_head": next((line.who for line in standing.signatures if line.step.office == Office.UNIT_HEAD), ""),
        "content": version.content,
        "checks": [_check(line) for line in standing.checks],
        "signatures": [_signature(line) for line in standing.signatures],
        "foot": f"{version}　校验值 {version.digest[:16]}",
    }
    return canonical_bytes(payload)


def build_sheet(payload: bytes) -> SubmissionSheetPaper:
    """The paper of frozen bytes."""
    frozen = read_canonical(payload)
    words, sheet = frozen["content"]["words"], Sheet.from_json(frozen["content"]["sheet"])
    return SubmissionSheetPaper(
        mark=frozen["mark"],
        number=frozen["number"],
        item=words["title"],
        unit="、".join(filter(None, (words["unit"], words["co_units"]))),
        unit_head=frozen["unit_head"],
        submitted_on=date.fromisoformat(frozen["submitted_on"]),
        reason=_paragraphs(words["reason"]),
        requested=_paragraphs(words["matters"]),
        presenter=words["presenter"],
        kind=words["matter_kind"],
        major_matter=words["major_kinds"] or "否",
        amount="" if sheet.amount is None else f"{words['amount']}（{money_exact(sheet.amount)}）",
        classification=words["classification"],
        urgency="急件" if sheet.urgent else "",
        meeting=f"{words['target_body']}（{words['handling']}）",
        minutes_needed=words["minutes"],
        coordination=_paragraphs(words["coordination"]),
        attendants=tuple(filter(None, words["attendants"].split("、"))),
        attachments=tuple(paper["name"] for paper in frozen["content"]["attachments"]),
        checks=tuple(SheetCheck(**one | {"concluded_on": _day(one["concluded_on"])}) for one in frozen["checks"]),
        signatures=tuple(SheetSignature(**one | {"signed_on": _day(one["signed_on"])}) for one in frozen["signatures"]),
        foot=frozen["foot"],
    )


def _check(line: CheckLine) -> dict[str, Any]:
    """A check as the sheet says it: its conclusion where one stands on this version, why it was waived, or nothing."""
    conclusion = ""
    if line.opinion:
        confirmed = "（化解措施已确认）" if line.opinion.measures_confirmed else ""
        conclusion = f"{line.opinion.get_conclusion_display()}{confirmed}"
    elif line.mark is Mark.WAIVED:
        conclusion = line.note
    done = line.opinion or line.waiver
    return {
        "name": line.label,
        "conclusion": conclusion,
        "reviewer": line.who if done else "",
        "concluded_on": line.when if done else None,
    }


def _signature(line: SignLine) -> dict[str, Any]:
    signed = line.signature
    role = f"{line.label}意见"
    if signed is None:
        return {"role": role, "opinion": "", "signer": "", "signed_on": None, "note": ""}
    notes = [f"代{signed.for_person.name}签批"] if signed.for_person else []
    notes += ["纸质签批，扫描件附后"] if signed.medium == Signature.Medium.PAPER else []
    return {
        "role": role,
        "opinion": signed.opinion or signed.get_verdict_display(),
        "signer": signed.signer.name,
        "signed_on": signed.signed_on,
        "note": "；".join(notes),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
