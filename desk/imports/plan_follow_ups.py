"""What the follow-up ledger would change: each matter is kept whole for the 督办 list."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from common.web.formats import cn_full_date
from desk.imports.follow_up_ledger import FollowUpRow
from desk.imports.names import people_in, units_in
from desk.imports.plan import Change, Doing, Entry, Plan
from desk.imports.text import fold, office_marks
from desk.imports.vocabulary import Kind
from desk.imports.writing import Writing
from oversight.followups.models import LedgerFollowUp
from oversight.followups.questions import for_list
from oversight.followups.services.keep_follow_up import FollowUpInput, correct_follow_up, enter_follow_up

LABELS = {
    "number": "编号",
    "title": "督办事项",
    "source": "来源会议",
    "leader": "责任领导",
    "lead_units": "牵头单位",
    "co_units": "配合单位",
    "opened_on": "立项日期",
    "due_on": "办结时限",
    "progress": "进度",
    "latest": "最新进展",
    "problems": "存在问题",
    "status": "状态",
}


def plan_follow_ups(plan: Plan) -> None:
    """Add an entry for every row."""
    keys = [ledger_key(row) for row in plan.reading.follow_ups]
    known = {one.ledger_key: one for one in for_list(LedgerFollowUp.objects.filter(ledger_key__in=keys))}
    for row in plan.reading.follow_ups:
        entry = Entry(Kind.FOLLOW_UP, row.title, [row.line])
        plan.entries.append(entry)
        plan.limit(row.line, {"number": 60, "title": 200, "source": 100, "state": 20})
        plan.require(entry, *units_in((*row.lead_units, *row.co_units)), *people_in(row.leaders))
        if row.title and units_in(row.lead_units):
            _plan_row(entry, row, known.get(ledger_key(row)))


def ledger_key(row: FollowUpRow) -> str:
    """What names a matter across imports: its number however written, else title, unit and day."""
    if row.document:
        return f"{row.document.word}/{row.document.year}/{row.document.number}"
    if row.number:
        return fold(row.number)
    units = sorted(fold(mention.unit.full if mention.unit else mention.text) for mention in row.lead_units)
    digest = hashlib.sha256("\n".join((fold(row.title), *units)).encode()).hexdigest()
    return f"{row.registered.isoformat() if row.registered else ''}/{digest}"


def _plan_row(entry: Entry, row: FollowUpRow, known: LedgerFollowUp | None) -> None:
    if known is None:
        entry.doing, entry.write = Doing.NEW, _Write(row, None)
        return
    now, said = _words_kept(known), _words_said(row)
    entry.changes = [
        Change(label, now[name] or "无", said[name] or "无")
        for name, label in LABELS.items()
        if name in said and fold(now[name]) != fold(said[name])
    ]
    kept = dict(known.verbatim)
    entry.changes += [
        Change(name, kept.get(name, "无"), text) for name, text in row.line.extra.items() if kept.get(name) != text
    ]
    if entry.changes:
        entry.doing, entry.write = Doing.CHANGED, _Write(row, known)


def _words_kept(known: LedgerFollowUp) -> dict[str, str]:
    return {
        "number": known.number,
        "title": known.title,
        "source": known.source,
        "leader": known.leader.name if known.leader else "",
        "lead_units": known.lead_names,
        "co_units": known.co_names,
        "opened_on": _day(known.opened_on),
        "due_on": _day(known.due_on),
        "progress": _share(known.progress),
        "latest": known.latest,
        "problems": known.problems,
        "status": known.status,
    }


def _words_said(row: FollowUpRow) -> dict[str, str]:
    """What the row says, in words; a column the sheet does not have says nothing."""
    said = {
        "number": row.number,
        "title": row.title,
        "source": row.source,
        "leader": next((one.name for one in people_in(row.leaders)), ""),
        "lead_units": "、".join(unit.short for unit in units_in(row.lead_units)),
        "co_units": "、".join(unit.short for unit in units_in(row.co_units)),
        "opened_on": _day(row.registered),
        "due_on": _day(row.deadline),
        "progress": _share(row.progress),
        "latest": row.latest,
        "problems": row.problems,
        "status": row.state,
    }
    return {name: text for name, text in said.items() if _is_said(row, name)}


_FIELDS = {"leader": "leaders", "opened_on": "registered", "due_on": "deadline", "status": "state"}


@dataclass(frozen=True)
class _Write:
    """Enters the matter, or brings it up to the ledger."""

    row: FollowUpRow
    known: LedgerFollowUp | None

    def __call__(self, writing: Writing) -> None:
        row = self.row
        leader = next(iter(people_in(row.leaders)), None)
        leading, helping = units_in(row.lead_units), units_in(row.co_units)
        given = FollowUpInput(
            number=office_marks(row.number),
            title=office_marks(row.title),
            source=office_marks(row.source),
            leader=writing.person(leader) if leader else None,
            lead_units=[writing.unit(unit) for unit in leading],
            co_units=[writing.unit(unit) for unit in helping if unit not in leading],
            opened_on=row.registered,
            due_on=row.deadline,
            progress=row.progress,
            latest=office_marks(row.latest),
            problems=office_marks(row.problems),
            status=row.state,
            verbatim=row.line.pairs,
        )
        if self.known is None:
            enter_follow_up(actor=writing.actor, ledger_key=ledger_key(row), given=given)
        else:
            given = replace(given, **_unsaid(row, self.known))
            correct_follow_up(actor=writing.actor, follow_up=self.known, given=given)


def _unsaid(row: FollowUpRow, known: LedgerFollowUp) -> dict[str, Any]:
    """What stays because the sheet has no column for it; of the words kept none is dropped."""
    more = list(known.co_units.all())
    kept: dict[str, Any] = {name: getattr(known, name, None) for name in LABELS}
    kept["lead_units"] = ([known.lead_unit] if known.lead_unit else []) + [one.unit for one in more if one.leads]
    kept["co_units"] = [one.unit for one in more if not one.leads]
    stays = {name: value for name, value in kept.items() if not _is_said(row, name)}
    return stays | {"verbatim": [list(pair) for pair in (dict(known.verbatim) | row.line.verbatim).items()]}


def _is_said(row: FollowUpRow, name: str) -> bool:
    return _FIELDS.get(name, name) in row.line.labels


def _day(day: date | None) -> str:
    return cn_full_date(day) if day else ""


def _share(share: Decimal | None) -> str:
    return f"{share.normalize():f}%" if share is not None else ""
