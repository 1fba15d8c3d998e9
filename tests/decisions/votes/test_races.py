"""Two clerks at once, on real commits: a round is closed once, nobody votes twice, nothing enters after the count."""

import threading
from collections.abc import Callable

from django.db import connections

from common.services import Refused
from common.tenancy.scope import committee_scope
from decisions.hall.models import Attendance
from decisions.hall.services.arrive import arrive
from decisions.votes.models import Round, RoundResult, Vote
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from tests.decisions.hall_story import MEMBERS, begun_entry, first_question, recorded_round, vote
from tests.support.cast import District


def at_once(district: District, *acts: Callable[[], object]) -> list[str]:
    """Each in a thread with a connection of its own; what they came to, "" or the refusal."""
    start, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        with committee_scope(district.committee.pk):
            start.wait()
            try:
                acts[place]()
            except Refused as refusal:
                said[place] = refusal.message
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return said


def test_two_clerks_close_the_same_round_once(committed_db: None, district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    cast_rest(actor=district.office, round_=round_, choice="approve")
    said = at_once(
        district,
        *[lambda name=name: close_round(actor=district.actor(name), round_=round_) for name in ("周予安", "邵闻笛")],
    )
    assert sorted(bool(words) for words in said) == [False, True]
    assert "已计票" in "".join(said)
    assert RoundResult.objects.count() == 1
    assert list(Round.objects.get().changes.values_list("verb", flat=True)) == ["close"]


def test_two_clerks_enter_the_same_member_once(committed_db: None, district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    person = district.person("韩立岑")
    said = at_once(
        district,
        lambda: cast_vote(actor=district.office, round_=round_, person=person, choice="approve"),
        lambda: cast_vote(actor=district.director, round_=round_, person=person, choice="oppose"),
    )
    assert sorted(bool(words) for words in said) == [False, True]
    assert Vote.objects.count() == 1


def test_a_vote_against_the_close_is_counted_or_refused_and_never_lost(committed_db: None, district: District) -> None:
    round_ = recorded_round(district, begun_entry(district))
    vote(district, round_, "approve", *MEMBERS[:10])
    last = district.person(MEMBERS[10])
    said = at_once(
        district,
        lambda: cast_vote(actor=district.office, round_=round_, person=last, choice="oppose"),
        lambda: close_round(actor=district.director, round_=round_),
    )
    assert said[0] == ""
    result = RoundResult.objects.first()
    assert said[1] or result.oppose == 1
    assert Vote.objects.count() == 11


def test_the_same_question_is_agreed_once(committed_db: None, district: District) -> None:
    question = first_question(begun_entry(district))
    said = at_once(
        district,
        lambda: agree_orally(actor=district.office, question=question),
        lambda: agree_orally(actor=district.director, question=question),
    )
    assert sorted(bool(words) for words in said) == [False, True]
    assert RoundResult.objects.count() == 1


def test_one_person_arrives_once(committed_db: None, district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:10])
    person = district.person(MEMBERS[10])
    said = at_once(
        district,
        lambda: arrive(actor=district.office, meeting=entry.meeting, person=person),
        lambda: arrive(actor=district.director, meeting=entry.meeting, person=person),
    )
    assert sorted(bool(words) for words in said) == [False, True]
    assert Attendance.objects.filter(person=person).count() == 1
