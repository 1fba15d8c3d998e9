"""How a secret ballot gets as far as a test needs it: 干部任免 with three names, watched by three of the cast."""

from collections.abc import Iterable, Sequence
from typing import Any

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from decisions.ballots.envelope import binding, close_inner
from decisions.ballots.models import Ballot, BallotCode
from decisions.ballots.services.cast_ballot import cast_ballot
from decisions.ballots.services.close_ballot import close_ballot
from decisions.ballots.services.confirm_ballot import confirm_ballot
from decisions.ballots.services.count_ballot import count_ballot
from decisions.ballots.services.draft_ballot import draft_ballot
from decisions.ballots.services.enter_paper_totals import enter_paper_totals
from decisions.ballots.services.issue_ballot import issue_ballot
from decisions.ballots.services.name_officers import name_officers
from decisions.ballots.services.take_code import take_code
from decisions.hall.services.pass_rest import pass_rest
from decisions.votes.models import Question
from decisions.votes.services.add_question import add_question
from decisions.votes.services.begin_entry import begin_entry
from tests.decisions.hall_story import MEMBERS, entry_of, made_cadre, sitting_with
from tests.support.cast import District
from tests.support.stories import ready_item
from tests.support.told import story

CHIEF, FIRST, SECOND = "韩立岑", "马春屿", "雷定远"
TELLERS = ("周予安", "邵闻笛")
NAMES = ("拟任甲", "拟任乙", "拟任丙")


@story
def cadre_entry(district: District, *, present: Sequence[str] = MEMBERS, names: Sequence[str] = NAMES) -> AgendaEntry:
    """干部任免 under deliberation, one 议决事项 a name."""
    item = ready_item(district)
    sitting = sitting_with(district, item, present=present)
    made_cadre(district, item)
    entry = begin_entry(actor=district.office, entry=entry_of(sitting))
    pass_rest(actor=district.office, entry=entry)
    for name in names:
        add_question(actor=district.office, entry=entry, text=name)
    return entry


def questions_of(entry: AgendaEntry) -> list[Question]:
    return list(Question.objects.filter(entry=entry, dropped_at__isnull=True).order_by("position"))


def people(district: District, *names: str) -> list[Person]:
    return [district.person(name) for name in names]


def drafted(district: District, entry: AgendaEntry, way: str = Ballot.Way.DEVICE, **given: Any) -> Ballot:
    """On all names of the entry, unless `questions` says which."""
    given.setdefault("questions", questions_of(entry))
    return draft_ballot(actor=given.pop("actor", district.office), entry=entry, way=way, **given)


def with_officers(district: District, ballot: Ballot, **given: Any) -> Ballot:
    first, second = people(district, FIRST, SECOND)
    named = {"chief": district.person(CHIEF), "scrutineers": [first, second], **given}
    if not ballot.on_device:
        named.setdefault("tellers", people(district, *TELLERS[:1], "邵闻笛"))
    return name_officers(actor=district.office, ballot=ballot, **named)


def confirmed(district: District, ballot: Ballot) -> Ballot:
    for name in (CHIEF, FIRST):
        ballot = confirm_ballot(actor=district.actor(name), ballot=ballot)
    return ballot


def codes(district: District, ballot: Ballot) -> dict[str, str]:
    """What the three wrote on paper."""
    for name in (CHIEF, FIRST, SECOND):
        code = take_code(actor=district.actor(name), ballot=ballot)
        _paper[BallotCode.objects.latest("pk").public_key] = code
    return on_paper(ballot)


# What scrutineers wrote down, by what the server kept instead; a story told again has the same codes.
_paper: dict[str, str] = {}


def on_paper(ballot: Ballot) -> dict[str, str]:
    """Per scrutineer the code he took last."""
    taken = BallotCode.objects.filter(officer__ballot=ballot).order_by("pk")
    return {name: _paper[key] for name, key in taken.values_list("officer__person__name", "public_key")}


def issued(district: District, ballot: Ballot) -> Ballot:
    for actor in (district.office, district.actor(CHIEF)):
        ballot = issue_ballot(actor=actor, ballot=ballot)
    return ballot


@story
def ready_ballot(district: District, entry: AgendaEntry, way: str = "device", **given: Any) -> Ballot:
    """Drafted, watched and confirmed."""
    return confirmed(district, with_officers(district, drafted(district, entry, way, **given)))


def device_ballot(district: District, entry: AgendaEntry, **given: Any) -> tuple[Ballot, dict[str, str]]:
    """Issued on the device, with the scrutineers' codes."""
    ballot = fresh(_issued_on_device(district, entry, **given))
    return ballot, on_paper(ballot)


@story
def _issued_on_device(district: District, entry: AgendaEntry, **given: Any) -> Ballot:
    ballot = fresh(ready_ballot(district, entry, **given))
    codes(district, ballot)
    return issued(district, ballot)


def paper_ballot(district: District, entry: AgendaEntry, **given: Any) -> Ballot:
    """Issued on paper."""
    return issued(district, fresh(ready_ballot(district, entry, "paper", **given)))


def message(ballot: Ballot, person: Person, marks: Sequence[int]) -> bytes:
    """As this person's browser seals it."""
    return close_inner(bytes.fromhex(ballot.public_key), binding(ballot.pk, person.pk), marks)


def cast(district: District, ballot: Ballot, name: str, *marks: int) -> None:
    actor = district.actor(name)
    cast_ballot(actor=actor, ballot=ballot, sealed=message(ballot, actor.person, marks))


def cast_all(district: District, ballot: Ballot, marks: Iterable[tuple[str, Sequence[int]]]) -> Ballot:
    return fresh(_cast_all(district, ballot, [(name, list(own)) for name, own in marks]))


@story
def _cast_all(district: District, ballot: Ballot, marks: list[tuple[str, list[int]]]) -> Ballot:
    for name, own in marks:
        cast(district, ballot, name, *own)
    return ballot


def counted(
    district: District, ballot: Ballot, written: dict[str, str], who: Sequence[str] = (FIRST, SECOND)
) -> Ballot:
    """By two of the three on one screen."""
    given = {district.person(name): written[name] for name in who}
    return count_ballot(actor=district.actor(who[0]), ballot=ballot, codes=given)


def collected(district: District, ballot: Ballot) -> Ballot:
    """The box is brought in."""
    return close_ballot(actor=district.actor(CHIEF), ballot=ballot)


def told_by(district: District, teller: str, ballot: Ballot, **figures: Any) -> Ballot:
    return enter_paper_totals(actor=district.actor(teller), ballot=ballot, **figures)


def fresh(ballot: Ballot) -> Ballot:
    return Ballot.objects.select_related("entry__meeting", "sitting").get(pk=ballot.pk)
