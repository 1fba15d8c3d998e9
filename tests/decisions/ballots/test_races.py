"""At once, on real commits: one voter on two devices, the last votes against the close, two who count."""

import pytest

from common.services import Refused
from decisions.ballots.models import Ballot, BallotCount, BallotEnvelope, BallotVoter
from decisions.ballots.services.cast_ballot import cast_ballot
from decisions.ballots.services.close_ballot import close_ballot
from decisions.ballots.services.count_ballot import count_ballot
from tests.decisions.ballots_story import (
    CHIEF,
    FIRST,
    NAMES,
    SECOND,
    cadre_entry,
    cast_all,
    counted,
    device_ballot,
    fresh,
    message,
)
from tests.decisions.hall_story import MEMBERS
from tests.decisions.votes.test_races import at_once
from tests.support.cast import District

YES = (1,)
# Who dies of a deadlock would else be taken for one who was not refused.
pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")


def ballot_of_one_name(district: District) -> tuple[Ballot, dict[str, str]]:
    return device_ballot(district, cadre_entry(district, names=NAMES[:1]))


def test_who_votes_on_two_devices_at_once_votes_once(committed_db: None, district: District) -> None:
    ballot, written = ballot_of_one_name(district)
    sealed = [message(ballot, district.mayor.person, (mark,)) for mark in (1, 2, 1)]
    said = at_once(
        district, *[lambda one=one: cast_ballot(actor=district.mayor, ballot=ballot, sealed=one) for one in sealed]
    )
    assert sorted(bool(words) for words in said) == [False, True, True]
    assert "已经投票" in "".join(said)
    assert BallotEnvelope.objects.count() == BallotVoter.objects.filter(cast=True).count() == 1
    rest = cast_all(district, ballot, [(name, YES) for name in MEMBERS if name != "陆景和"])
    counted(district, rest, written)
    assert BallotCount.objects.get().received == 11


def test_votes_against_the_close_are_counted_or_refused_and_never_lost(committed_db: None, district: District) -> None:
    """As many are accepted as are counted, whichever came first."""
    ballot, written = ballot_of_one_name(district)
    cast_all(district, ballot, [(name, YES) for name in MEMBERS[:8]])
    close_ballot(actor=district.secretary, ballot=ballot, reason="急事")
    last = [district.actor(name) for name in MEMBERS[8:]]
    sealed = {one.person.pk: message(ballot, one.person, YES) for one in last}
    chief = district.actor(CHIEF)
    # Without order among the locks the last vote, which closes too, and the early close waited for each other.
    said = at_once(
        district,
        lambda: close_ballot(actor=chief, ballot=ballot, reason="急事"),
        *[lambda one=one: cast_ballot(actor=one, ballot=ballot, sealed=sealed[one.person.pk]) for one in last],
    )
    accepted = 8 + [bool(words) for words in said[1:]].count(False)
    assert all("现在不能投票" in words for words in said[1:] if words)
    ballot = fresh(ballot)
    assert ballot.state == "closed"
    counted(district, ballot, written)
    assert BallotCount.objects.get().received == accepted


def test_two_pairs_who_count_at_once_count_once(committed_db: None, district: District) -> None:
    ballot, written = ballot_of_one_name(district)
    ballot = cast_all(district, ballot, [(name, YES) for name in MEMBERS])
    pairs = [
        (district.actor(one), {district.person(name): written[name] for name in (one, other)})
        for one, other in ((CHIEF, FIRST), (FIRST, SECOND))
    ]
    said = at_once(
        district, *[lambda a=actor, c=codes: count_ballot(actor=a, ballot=ballot, codes=c) for actor, codes in pairs]
    )
    assert sorted(bool(words) for words in said) == [False, True]
    assert BallotCount.objects.count() == 1
    with pytest.raises(Refused, match="已计票"):
        counted(district, ballot, written)
