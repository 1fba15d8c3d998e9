"""What the reader could not take in without guessing: where, what stood there, why, and what would mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much waits until the finding is mended: its row, or the whole sheet."""

    ROW = "row"
    SHEET = "sheet"


class Code(StrEnum):
    """One name per kind of finding, for tests and filters; people read `cause` and `mend`."""

    # the sheet
    SHEET_UNKNOWN = "sheet_unknown"
    SHEET_UNDECIDED = "sheet_undecided"
    SHEET_TWICE = "sheet_twice"
    SHEET_HIDDEN = "sheet_hidden"
    SECOND_TABLE = "second_table"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    ROW_UNKNOWN = "row_unknown"
    # the cell
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    ERROR_VALUE = "error_value"
    MISSING = "missing"
    IMPOSSIBLE_DATE = "impossible_date"
    UNCLEAR_DATE = "unclear_date"
    YEAR_UNKNOWN = "year_unknown"
    AMOUNT_WITHOUT_UNIT = "amount_without_unit"
    UNCLEAR_AMOUNT = "unclear_amount"
    UNCLEAR_DURATION = "unclear_duration"
    UNCLEAR_PERCENT = "unclear_percent"
    UNCLEAR_TERM = "unclear_term"
    UNCLEAR_CHOICE = "unclear_choice"
    UNCLEAR_NAME = "unclear_name"
    # across cells
    NAME_TWICE = "name_twice"
    TWO_SECRETARIES = "two_secretaries"
    TERM_DIFFERS = "term_differs"
    UNIT_TWICE = "unit_twice"
    ROW_TWICE = "row_twice"
    UNKNOWN_PERSON = "unknown_person"
    AMBIGUOUS_PERSON = "ambiguous_person"
    UNKNOWN_UNIT = "unknown_unit"
    AMBIGUOUS_UNIT = "ambiguous_unit"
    OWN_SUBSTITUTE = "own_substitute"
    UNKNOWN_MATTER = "unknown_matter"
    BODY_MAY_NOT_DECIDE = "body_may_not_decide"
    DEADLINE_BEFORE_START = "deadline_before_start"
    BASIS_MISSING = "basis_missing"
    # against the register (plan_*.py)
    TOO_LONG = "too_long"
    NOT_YOURS = "not_yours"
    TERM_UNKNOWN = "term_unknown"
    TERM_CLASHES = "term_clashes"
    OUT_OF_TERM = "out_of_term"
    SEAT_TAKEN = "seat_taken"
    SEAT_HAS_STATE = "seat_has_state"
    UNIT_RENAMED = "unit_renamed"
    DIVISION_OLDER = "division_older"
    TWO_SUBSTITUTES = "two_substitutes"
    CLASSIFIED = "classified"
    UNCLEAR_MANNER = "unclear_manner"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `cause` and `mend` are whole Chinese sentences.

    `lines` are the rows of data that wait for it: several where the cell is merged over them.
    """

    code: Code
    sheet: str
    cell: str
    text: str
    cause: str
    mend: str
    severity: Severity = Severity.ROW
    lines: tuple[int, ...] = ()


def of_sheet(code: Code, sheet: str, cell: str, cause: str, mend: str, text: str = "") -> Finding:
    """A finding for which the whole sheet waits."""
    return Finding(code, sheet, cell, text, cause, mend, Severity.SHEET)


def joined(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, a merged cell's with all the rows that wait for it, in the order found."""
    once: dict[Finding, tuple[int, ...]] = {}
    for finding in findings:
        bare = replace(finding, lines=())
        once[bare] = (*once.get(bare, ()), *finding.lines)
    return tuple(replace(finding, lines=tuple(dict.fromkeys(lines))) for finding, lines in once.items())


class Unclear(Exception):
    """A text that may not be guessed; whoever knows the cell turns it into a finding."""

    def __init__(self, code: Code, cause: str, mend: str) -> None:
        super().__init__(cause)
        self.code = code
        self.cause = cause
        self.mend = mend
