"""What becomes of a person's seats when a roster says something else: ended and begun anew, or corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from committee.bodies.models import Body, Seat, Term
from committee.register.services.keep_seats import end_seat, rank_seat, seat_person, void_seat
from committee.register.services.keep_terms import add_term
from common.identity.models import Person
from common.web.formats import cn_full_date
from desk.imports.plan import Change
from desk.imports.present import Present
from desk.imports.roster import RosterRow
from desk.imports.text import fold, office_marks
from desk.imports.writing import Writing

BODY_WORDS = {Body.Kind.PLENARY: "全委会", Body.Kind.STANDING: "常委会"}
CORRECTED = "按委员名册更正"
RANK = "排序"


@dataclass(frozen=True)
class SeatStep:
    """One seat: `old` is left alone, re-ranked, ended on `last_day` or voided; from `begins` a new one is given."""

    body: str
    kind: str
    post: str
    rank: int
    term: Term
    old: Seat | None = None
    last_day: date | None = None
    void: bool = False
    begins: date | None = None

    @property
    def stops_old(self) -> bool:
        return self.void or self.last_day is not None

    @property
    def change(self) -> Change:
        """In words, for a person who has been sitting."""
        name = f"{BODY_WORDS[Body.Kind(self.body)]}席位"
        if self.old and not self.stops_old and self.begins is None:
            return Change(f"{name}{RANK}", str(self.old.rank_order), str(self.rank))
        before = _words(self.old.kind, self.old.post, self.old.valid_from) if self.old else "无"
        after = _words(self.kind, self.post, self.begins) if self.begins else "无"
        if self.last_day:
            before += f"，至{cn_full_date(self.last_day)}"
        return Change(name, before, after)

    def take(self, writing: Writing, person: Person) -> None:
        """Write it."""
        actor = writing.actor
        if self.old and self.void:
            void_seat(actor=actor, seat=self.old, reason=CORRECTED)
        elif self.old and self.last_day:
            end_seat(actor=actor, seat=self.old, last_day=self.last_day)
        elif self.old:
            rank_seat(actor=actor, seat=self.old, rank_order=self.rank)
        if self.begins:
            seat_person(
                actor=actor,
                body=writing.present.bodies[self.body],
                term=_term(writing, self.term),
                person=person,
                kind=self.kind,
                post=self.post,
                rank_order=self.rank,
                valid_from=self.begins,
            )


def steps_for(present: Present, row: RosterRow, wanted: tuple[str, ...], term: Term) -> Iterator[SeatStep]:
    """The steps of one row: seats it asks for, seats it no longer asks for."""
    person = row.person.key if row.person else None
    for body in BODY_WORDS:
        old = next(iter(present.seats_from_today(person, body)), None) if person else None
        if body in wanted and old:
            days = {seat.valid_from for seat in present.seats.get(person or 0, ()) if seat.body.kind == body}
            step = _changed(row, _seat(row, body, term, old), days, present.day)
            if step:
                yield step
        elif body in wanted:
            yield _seat(row, body, term, begins=row.since)
        elif old:
            yield _stopped(row, _seat(row, body, term, old), present.day)


def _seat(row: RosterRow, body: str, term: Term, old: Seat | None = None, *, begins: date | None = None) -> SeatStep:
    kind = row.kind.value if row.kind else ""
    return SeatStep(body, kind, office_marks(row.title), row.order, term, old, begins=begins)


def _changed(row: RosterRow, step: SeatStep, days: set[date], today: date) -> SeatStep | None:
    """What differs, and from which day.

    A later 任职时间 with another post begins the new seat; the same post with another day corrects it; another post
    without a day of its own counts from today. A new 届 ends the seat of the one before.
    """
    old, since = step.old, row.since
    if old is None or since is None:
        raise TypeError("asked of a seat that stands, by a row with its day")
    other_post = bool(row.title) and fold(old.post) != fold(row.title)
    other = old.kind != step.kind or other_post or old.term.number != step.term.number
    if since not in days and since > old.valid_from and other:
        return replace(step, last_day=min(since - timedelta(days=1), old.term.last_day), begins=since)
    if since not in days:
        return replace(step, void=True, begins=since)
    if other and old.valid_from < today:
        return replace(step, last_day=today - timedelta(days=1), begins=today)
    if other:
        return replace(step, void=True, begins=old.valid_from)
    ranked = "order" in row.line.cells and old.rank_order != step.rank
    return step if ranked else None


def _stopped(row: RosterRow, step: SeatStep, today: date) -> SeatStep:
    """A seat the roster no longer gives ends before the row's day, else yesterday."""
    old = step.old
    if old is None:
        raise TypeError("asked of a seat that stands")
    begins = row.since if row.since and row.since > old.valid_from else today
    if begins <= old.valid_from:
        return replace(step, void=True)
    return replace(step, last_day=begins - timedelta(days=1))


def _words(kind: str, post: str, since: date) -> str:
    label = Seat.Kind(kind).label
    return f"{label}（{post}）自{cn_full_date(since)}" if post else f"{label}自{cn_full_date(since)}"


def _term(writing: Writing, term: Term) -> Term:
    """The 届, entered with the first seat that needs it."""
    if term.number not in writing.present.terms:
        writing.present.terms[term.number] = add_term(
            actor=writing.actor, number=term.number, starts_on=term.starts_on, ends_on=term.ends_on
        )
    return writing.present.terms[term.number]
