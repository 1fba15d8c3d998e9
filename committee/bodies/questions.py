"""Questions about bodies that take a day: who sits there, who counts in 应到, which places are empty."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation

from committee.bodies.models import Body, BodyPlaces, Seat, SeatState, Term
from common.identity.models import Person
from common.tenancy.dated import valid_on

BY_USE = [Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.CONGRESS, Body.Kind.SECRETARY_MEETING]
# 书记专题会 has no seats of its own: 书记 and 副书记 of the 常委会 meet there; they alone chair (rules.md §1).
CHAIRING = (Seat.Kind.SECRETARY, Seat.Kind.DEPUTY_SECRETARY)


@dataclass(frozen=True)
class Member:
    """Who sits in a body on a day. `state`: 挂职, 停职, 长期请假 or empty; `state_counts`: what was entered with it.

    `acts`: is called, reads and may chair; not while the seat is 停职. `suspended`: it is 停职, and nothing else.
    """

    seat: Seat
    state: str
    state_counts: bool
    acts: bool
    suspended: bool

    @property
    def person(self) -> Person:
        return self.seat.person

    @property
    def post(self) -> str:
        return self.seat.post or self.person.post_title

    @property
    def counts(self) -> bool:
        """应到: the seat votes, and no registered state takes it out (rules.md §2). Decided here and nowhere else.

        候补委员 attend a plenary and are told, but do not vote and so are not counted.
        """
        return self.seat.votes and self.state_counts


def members_on(body: Body, day: date, order: str = "post") -> list[Member]:
    """Who sits in a body on a day, in order of post unless said otherwise; one query."""
    seats = Seat.objects.serving_on(day)
    if body.kind == Body.Kind.SECRETARY_MEETING:
        seats = seats.of_body(Body.Kind.STANDING).filter(kind__in=CHAIRING)
    else:
        seats = seats.filter(body=body)
    state = FilteredRelation("states", condition=valid_on(day, "states__"))
    rows = seats.sorted_by(order).annotate(state=state, state_kind=F("state__kind"), counts=F("state__counts_in_due"))
    return [
        Member(
            seat,
            _word(seat.state_kind),
            state_counts=seat.counts is not False,
            acts=not SeatState.takes_out(seat.state_kind, seat.counts),
            suspended=seat.state_kind == SeatState.Kind.SUSPENDED,
        )
        for seat in rows
    ]


def taken_out_on(day: date) -> dict[int, str]:
    """Ids of the persons whose seat a state takes out that day, each with its word: 停职 (rules.md §2); one query."""
    states = SeatState.objects.on(day).filter(SeatState.TAKES_OUT, seat__in=Seat.objects.on(day))
    return {person: _word(kind) for person, kind in states.order_by("kind").values_list("seat__person", "kind")}


def _word(state: str | None) -> str:
    return SeatState.Kind(state).label if state else ""


@dataclass(frozen=True)
class BodyOnDay:
    """A body on a day. `places` is None where no 名额 was entered, and then nothing is said of 缺额."""

    body: Body
    members: list[Member]
    places: BodyPlaces | None

    @property
    def due(self) -> int:
        """应到 as pages show it; a meeting freezes its own when it opens."""
        return sum(member.counts for member in self.members)

    @property
    def voting(self) -> int:
        return sum(member.seat.votes for member in self.members)

    @property
    def alternates(self) -> int:
        return len(self.members) - self.voting

    @property
    def vacant(self) -> int | None:
        """缺额 of voting places; None where nobody entered how many there are."""
        return max(0, self.places.members - self.voting) if self.places else None

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """(书记, 1), (副书记, 2) … in the order of Seat.Kind."""
        number = Counter(member.seat.kind for member in self.members)
        return [(kind.label, number[kind]) for kind in Seat.Kind if number[kind]]


def bodies_on(day: date, order: str = "post") -> list[BodyOnDay]:
    """All bodies of the committee in scope, the one that meets most first; six queries, whatever their size."""
    places = {row.body_id: row for row in BodyPlaces.objects.on(day)}
    bodies = sorted(Body.objects.all(), key=lambda body: BY_USE.index(Body.Kind(body.kind)))
    return [BodyOnDay(body, members_on(body, day, order), places.get(body.pk)) for body in bodies]


def body_on(body: Body, day: date, order: str = "post") -> BodyOnDay:
    """One body on a day; two queries."""
    return BodyOnDay(body, members_on(body, day, order), BodyPlaces.objects.on(day).filter(body=body).first())


def term_on(day: date) -> Term | None:
    """The 届 that a day lies in; a lengthened one reaches to its new last day."""
    terms = Term.objects.filter(starts_on__lte=day).order_by("-starts_on")
    return next((term for term in terms if day <= term.last_day), None)
