"""The district's ledgers with something changed, what importing them would do, and the import itself."""

from collections import Counter

from common.identity.actor import Actor
from desk.imports.drawing import plan_for
from desk.imports.models import LedgerImport
from desk.imports.plan import Doing, Entry, Plan
from desk.imports.present import Present
from desk.imports.reading import read_workbook
from desk.imports.services.apply_import import apply_import
from desk.imports.services.preview_import import preview_import
from tests.desk.imports.workbooks import Rows, book, sample

ROSTER, UNITS, DIVISION, AGENDA, FOLLOW_UPS = "委员名册", "部门单位", "常委分工", "议题申报汇总", "督办台账"
TOP = 3  # title, note and heading


def only(*sheets: str) -> dict[str, Rows]:
    """The ledgers with these sheets alone."""
    return {name: rows for name, rows in sample().items() if name in sheets}


def row(ledgers: dict[str, Rows], sheet: str, name: str) -> list[object]:
    """The row of a sheet in which this stands furthest left, blanks aside: his own, not another's AB角."""
    words = [["".join(str(cell).split()) for cell in row] for row in ledgers[sheet][TOP:]]
    places = [(row.index(name), at) for at, row in enumerate(words) if name in row]
    return ledgers[sheet][TOP + min(places)[1]]


def keep(ledgers: dict[str, Rows], sheet: str, *names: str) -> dict[str, Rows]:
    """The same with these rows of a sheet alone."""
    kept = [row(ledgers, sheet, name) for name in names]
    return ledgers | {sheet: ledgers[sheet][:TOP] + kept}


def plan_of(ledgers: dict[str, Rows], actor: Actor) -> Plan:
    """What importing them would do to the committee in scope."""
    present = Present.load(actor.committee)
    reading = read_workbook(book(ledgers), known=present.known(), today=present.day)
    return plan_for(reading, present, actor)


def entry(plan: Plan, label: str) -> Entry:
    """The entry of this name."""
    return next(one for one in plan.entries if one.label == label)


def changes(plan: Plan, label: str) -> list[tuple[str, str, str]]:
    """What would change in a row: (field, before, after)."""
    return [(change.label, change.before, change.after) for change in entry(plan, label).changes]


def doings(plan: Plan) -> Counter[Doing]:
    """How many rows of the whole plan are what."""
    return Counter(one.doing for one in plan.entries)


def previewed(actor: Actor, ledgers: dict[str, Rows], name: str = "台账.xlsx") -> LedgerImport:
    return preview_import(actor=actor, data=book(ledgers), name=name)


def imported(actor: Actor, ledgers: dict[str, Rows]) -> LedgerImport:
    """Previewed and applied as a whole."""
    return apply_import(actor=actor, ledger_import=previewed(actor, ledgers))
