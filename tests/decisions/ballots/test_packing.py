"""Keys and envelopes: what opens them, what does not, and that nothing tells one from another."""

import pytest

from decisions.ballots import keys
from decisions.ballots.envelope import (
    RECUSED,
    Tampered,
    binding,
    close_inner,
    close_outer,
    digest_of,
    inner_length,
    is_marked,
    mark_of,
    open_envelope,
    pack,
)

CHEAP = keys.Cost(64, 1)
SECRET = keys.new_secret()
PUBLIC = keys.public_of(SECRET)
OWN, OTHERS = binding(7, 1), binding(7, 2)


def handed_in(marks: list[int], *, bound: bytes = OWN, voter: bytes = OWN) -> bytes:
    return close_outer(PUBLIC, voter, close_inner(PUBLIC, bound, marks))


def test_a_code_is_sixteen_digits_in_fours_and_never_the_same() -> None:
    codes = {keys.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(
        [len(four) for four in code.split(" ")] == [4] * 4 and code.replace(" ", "").isdecimal() for code in codes
    )


def test_a_code_stands_for_one_key_however_it_is_spaced() -> None:
    salt = keys.new_salt()
    spaced, plain = "1234 5678 9012 3456", "1234567890123456"
    assert keys.key_of_code(spaced, salt, CHEAP) == keys.key_of_code(plain, salt, CHEAP)
    assert keys.key_of_code(plain, keys.new_salt(), CHEAP) != keys.key_of_code(plain, salt, CHEAP)
    assert keys.key_of_code(plain[:-1] + "7", salt, CHEAP) != keys.key_of_code(plain, salt, CHEAP)


def test_any_two_of_three_open_the_ballot_and_nobody_alone() -> None:
    secrets = {person: keys.new_secret() for person in (3, 5, 9)}
    wraps = keys.wrap_for_pairs(SECRET, {person: keys.public_of(secret) for person, secret in secrets.items()})
    assert set(wraps) == {(3, 5), (3, 9), (5, 9)}
    for (one, other), wrapped in wraps.items():
        assert keys.unwrap(wrapped, secrets[one], secrets[other]) == SECRET
        third = next(secrets[person] for person in secrets if person not in (one, other))
        for pair in ((secrets[one], secrets[one]), (secrets[other], secrets[other]), (secrets[one], third)):
            with pytest.raises(keys.CryptoError):
                keys.unwrap(wrapped, *pair)


def test_what_was_packed_is_read_again() -> None:
    assert open_envelope(SECRET, handed_in([1, 0, RECUSED, 300]), 4) == (
        type(open_envelope(SECRET, handed_in([0, 0, 0, 0]), 4))(OWN, (1, 0, RECUSED, 300))
    )


@pytest.mark.parametrize("slots", [1, 8, 40])
def test_all_envelopes_have_one_length_whatever_they_say(slots: int) -> None:
    said = [[mark] * slots for mark in (0, 1, 3, 255, 256, RECUSED)]
    inner = {len(close_inner(PUBLIC, OWN, marks)) for marks in said}
    assert inner == {inner_length(slots)}
    assert len({len(handed_in(marks)) for marks in said}) == 1


def test_the_same_marks_never_give_the_same_bytes() -> None:
    envelopes = {handed_in([1, 1]) for _ in range(50)}
    assert len(envelopes) == 50


def test_an_envelope_of_another_member_handed_in_again_has_no_marks() -> None:
    assert open_envelope(SECRET, handed_in([1, 2], bound=OTHERS), 2).marks is None


@pytest.mark.parametrize(
    "inner",
    [
        b"",
        b"\0" * inner_length(2),
        close_inner(keys.public_of(keys.new_secret()), OWN, [1, 1]),
        close_inner(PUBLIC, OWN, [1]),
        keys.seal_to(PUBLIC, pack(OWN, [1, 1]) + b"\0"),
    ],
    ids=["nothing", "zeros", "for another key", "too few marks", "too long"],
)
def test_what_is_no_message_for_this_ballot_has_no_marks_and_keeps_its_voter(inner: bytes) -> None:
    opened = open_envelope(SECRET, close_outer(PUBLIC, OWN, inner), 2)
    assert (opened.voter, opened.marks) == (OWN, None)


def test_one_changed_bit_of_an_envelope_is_found() -> None:
    sealed = handed_in([1, 2])
    for place in (0, 40, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Tampered):
            open_envelope(SECRET, bytes(changed), 2)


def test_a_mark_holds_for_one_envelope_of_one_ballot_under_one_key() -> None:
    sealed, key = handed_in([1]), b"k" * 32
    mac = mark_of(key, 7, sealed)
    assert is_marked(key, 7, sealed, mac)
    assert not is_marked(key, 8, sealed, mac)
    assert not is_marked(b"l" * 32, 7, sealed, mac)
    assert not is_marked(key, 7, handed_in([1]), mac)


def test_the_digest_of_all_envelopes_tells_nothing_of_their_order() -> None:
    envelopes = [handed_in([mark]) for mark in range(5)]
    assert digest_of(envelopes) == digest_of(reversed(envelopes)) != digest_of(envelopes[1:])
