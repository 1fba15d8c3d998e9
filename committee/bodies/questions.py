"""Questions about bodies that take a day: who sits there, who counts in 应到, which places are empty."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from committee.bodies.models import Body, BodyPlaces, Seat, SeatState, Term

BY_USE = [Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.CONGRESS, Body.Kind.SECRETARY_MEETING]


@dataclass(frozen=True)
class Sitting:
    """One seat on one day with its state, if it has one."""

    seat: Seat
    state: SeatState | None

    @property
    def counts(self) -> bool:
        """Whether the seat counts in 应到: it votes, and no state takes it out (rules.md §2)."""
        return self.seat.votes and (self.state is None or self.state.counts_in_due)


@dataclass(frozen=True)
class BodyOnDay:
    """A body on a day. `places` is None where no 名额 was entered, and then nothing is said of 缺额."""

    body: Body
    sittings: list[Sitting]
    places: BodyPlaces | None

    @property
    def due(self) -> int:
        """应到: the one deciding place for counts on pages; a meeting freezes its own when it opens."""
        return sum(sitting.counts for sitting in self.sittings)

    @property
    def voting(self) -> int:
        return sum(sitting.seat.votes for sitting in self.sittings)

    @property
    def alternates(self) -> int:
        return len(self.sittings) - self.voting

    @property
    def vacant(self) -> int | None:
        """缺额 of voting places; None where nobody entered how many there are."""
        return max(0, self.places.members - self.voting) if self.places else None

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """(书记, 1), (副书记, 2) … in the order of Seat.Kind."""
        number = Counter(sitting.seat.kind for sitting in self.sittings)
        return [(kind.label, number[kind]) for kind in Seat.Kind if number[kind]]


def bodies_on(day: date, order: str = "post") -> list[BodyOnDay]:
    """All bodies of the committee in scope, the one that meets most first; four queries whatever their size."""
    states = {state.seat_id: state for state in SeatState.objects.on(day)}
    places = {row.body_id: row for row in BodyPlaces.objects.on(day)}
    sittings = defaultdict(list)
    for seat in Seat.objects.serving_on(day).sorted_by(order):
        sittings[seat.body_id].append(Sitting(seat, states.get(seat.pk)))
    bodies = sorted(Body.objects.all(), key=lambda body: BY_USE.index(Body.Kind(body.kind)))
    return [BodyOnDay(body, sittings[body.pk], places.get(body.pk)) for body in bodies]


def body_on(body: Body, day: date, order: str = "post") -> BodyOnDay:
    """One body on a day; three queries."""
    states = {state.seat_id: state for state in SeatState.objects.on(day).filter(seat__body=body)}
    seats = Seat.objects.serving_on(day).filter(body=body).sorted_by(order)
    places = BodyPlaces.objects.on(day).filter(body=body).first()
    return BodyOnDay(body, [Sitting(seat, states.get(seat.pk)) for seat in seats], places)


def term_on(day: date) -> Term | None:
    """The 届 that a day lies in; a lengthened one reaches to its new last day."""
    terms = Term.objects.filter(starts_on__lte=day).order_by("-starts_on")
    return next((term for term in terms if day <= term.last_day), None)
