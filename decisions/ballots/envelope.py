"""The double envelope: how a voter's marks are packed, sealed twice, marked and opened again; pure.

Inside: sixteen bytes that bind it to ballot and voter, then two bytes a slot. The browser seals that to the ballot's
key; the server binds what it got to the voter it knows and seals once more, so that a key kept in the browser proves
nothing to a superior and nobody hands in for another. All envelopes of a ballot are of one length, whatever they say.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decisions.ballots.keys import CryptoError, open_with, seal_to

BINDING = 16
MARK = 2
SEAL = 48  # what crypto_box_seal adds: a public key and a tag
BLANK = 0
RECUSED = 0xFFFE  # what is sent for a slot from which the voter is recused


@dataclass(frozen=True)
class Opened:
    """One envelope in memory. `marks` is None where the inner one was not made for this ballot and voter."""

    voter: bytes
    marks: tuple[int, ...] | None


class Tampered(ValueError):
    """An envelope that this server did not close, or that was changed since."""


def binding(ballot: int, voter: int) -> bytes:
    """What binds a message: SHA-256 of both ids as eight bytes each, cut to sixteen."""
    return hashlib.sha256(ballot.to_bytes(8, "big") + voter.to_bytes(8, "big")).digest()[:BINDING]


def pack(bound: bytes, marks: Sequence[int]) -> bytes:
    """What the browser seals."""
    return bound + b"".join(mark.to_bytes(MARK, "big") for mark in marks)


def inner_length(slots: int) -> int:
    """How long the browser's message is; one of another length is not taken."""
    return SEAL + BINDING + MARK * slots


def close_inner(public: bytes, bound: bytes, marks: Sequence[int]) -> bytes:
    """As the browser does it (static/ does the same with tweetnacl)."""
    return seal_to(public, pack(bound, marks))


def close_outer(public: bytes, voter: bytes, inner: bytes) -> bytes:
    """As the server stores it: nothing of it can be told from any other."""
    return seal_to(public, voter + inner)


def mark_of(key: bytes, ballot: int, sealed: bytes) -> bytes:
    """HMAC under the application's key, which no backup of the database holds: none is slipped in or swapped."""
    return hmac.digest(key, ballot.to_bytes(8, "big") + sealed, "sha256")


def is_marked(key: bytes, ballot: int, sealed: bytes, mac: bytes) -> bool:
    return hmac.compare_digest(mark_of(key, ballot, sealed), mac)


def digest_of(envelopes: Iterable[bytes]) -> str:
    """SHA-256 of all envelopes, sorted, so that it tells nothing of their order."""
    return hashlib.sha256(b"".join(sorted(envelopes))).hexdigest()


def open_envelope(secret: bytes, sealed: bytes, slots: int) -> Opened:
    """Whose it is and what it says; a wrong binding, length or seal inside leaves no marks."""
    try:
        plain = open_with(secret, sealed)
    except CryptoError as error:
        raise Tampered from error
    voter, inner = plain[:BINDING], plain[BINDING:]
    try:
        message = open_with(secret, inner)
    except CryptoError:
        return Opened(voter, None)
    bound, marks = message[:BINDING], message[BINDING:]
    if not hmac.compare_digest(bound, voter) or len(marks) != MARK * slots:
        return Opened(voter, None)
    return Opened(voter, tuple(int.from_bytes(marks[at : at + MARK], "big") for at in range(0, len(marks), MARK)))
