"""The 届 that a roster speaks of: one of the register, or a new one from the earliest 任职时间, for five years."""

from dataclasses import dataclass
from datetime import date, timedelta

from committee.bodies.models import Term

YEARS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a 届, both included; `is_new` where the register does not have it yet."""

    number: int
    first: date
    last: date
    is_new: bool

    def clash(self, terms: dict[int, Term]) -> Term | None:
        """A 届 of the register whose days a new one would share."""
        if not self.is_new:
            return None
        return next((t for t in terms.values() if self.first <= t.last_day and self.last >= t.starts_on), None)


def span_of(term: Term) -> Span:
    """A 届 of the register."""
    return Span(term.number, term.starts_on, term.last_day, is_new=False)


def new_span(number: int, first: date) -> Span:
    """A 届 is elected for five years (党章 §27); the register can lengthen it."""
    try:
        after = first.replace(year=first.year + YEARS)
    except ValueError:  # 29 February
        after = date(first.year + YEARS, 3, 1)
    return Span(number, first, after - timedelta(days=1), is_new=True)
