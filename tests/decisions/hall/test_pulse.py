"""The pulse of a meeting: another token after every write of the hall, none that tells a stranger anything."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.services import Refused
from decisions.hall.pulse import token_of, touch
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.hall.services.state_view import state_view
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_own_vote import cast_own_vote
from decisions.votes.services.cast_vote import cast_vote
from tests.decisions.ballots_story import cadre_entry, cast, device_ballot
from tests.decisions.console.hall_pages import at
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round
from tests.support.cast import District


def test_every_write_of_the_hall_gives_another_token(district: District, django_capture_on_commit_callbacks) -> None:
    entry = begun_entry(district, present=MEMBERS[:10])
    meeting, late = entry.meeting, district.person(MEMBERS[10])
    seen = {token_of(meeting.pk)}
    round_ = None

    def opened():
        nonlocal round_
        round_ = recorded_round(district, entry)

    acts = (
        lambda: arrive(actor=district.office, meeting=meeting, person=late),
        lambda: depart(actor=district.office, meeting=meeting, person=late),
        lambda: state_view(actor=district.mayor, entry=entry, person=district.mayor.person, stance="agree"),
        opened,
        lambda: cast_own_vote(actor=district.mayor, round_=round_, choice="approve"),
        lambda: cast_vote(actor=district.office, round_=round_, person=district.person("韩立岑"), choice="approve"),
    )
    for act in acts:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert token_of(meeting.pk) not in seen
        seen.add(token_of(meeting.pk))


def test_what_was_refused_changes_no_token(district: District, django_capture_on_commit_callbacks) -> None:
    entry = begun_entry(district)
    before = token_of(entry.meeting_id)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        begin_entry(actor=district.office, entry=entry)
    assert token_of(entry.meeting_id) == before


def test_who_has_seen_it_gets_nothing_and_a_lost_token_is_made_anew(
    district: District, django_capture_on_commit_callbacks
) -> None:
    entry = begun_entry(district)
    client, pulse = district.client("陆景和"), at("meeting_pulse", entry.meeting_id)
    seen = client.get(pulse).json()["seen"]
    quiet = client.get(pulse, {"seen": seen})
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert "no-store" in quiet["Cache-Control"]
    with django_capture_on_commit_callbacks(execute=True):
        touch(entry.meeting_id)
    assert client.get(pulse, {"seen": seen}).json()["seen"] != seen
    seen = client.get(pulse).json()["seen"]
    cache.delete(f"pulse:{entry.meeting_id}")
    assert client.get(pulse, {"seen": seen}).json()["seen"] != seen


def test_to_who_was_not_called_there_is_no_pulse(district: District, neighbour: District) -> None:
    entry = begun_entry(district)
    for client in (district.client(district.outsider.person.name), neighbour.client("杜衡")):
        assert client.get(at("meeting_pulse", entry.meeting_id)).status_code == 404


@pytest.mark.parametrize("who", ["陆景和", "周予安"])
def test_it_asks_who_it_is_and_whether_he_may_and_no_more(district: District, who: str) -> None:
    entry = begun_entry(district)
    client, pulse = district.client(who), at("meeting_pulse", entry.meeting_id)
    seen = client.get(pulse).json()["seen"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(pulse, {"seen": seen}).status_code == 204
    assert len(asked) <= 5, [query["sql"] for query in asked]


def test_of_a_secret_ballot_the_last_cast_alone_reaches_the_hall(
    district: District, django_capture_on_commit_callbacks
) -> None:
    """It closes the ballot; pages that loaded at every cast would tell who votes when."""
    entry = cadre_entry(district)
    ballot, _ = device_ballot(district, entry)
    before = token_of(entry.meeting_id)
    for name in MEMBERS:
        assert token_of(entry.meeting_id) == before
        with django_capture_on_commit_callbacks(execute=True):
            cast(district, ballot, name, 1, 1, 1)
    assert token_of(entry.meeting_id) != before
