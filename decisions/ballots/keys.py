"""Keys of a ballot: the scrutineers' codes, and the ballot's secret key that two of them open together; pure.

No Shamir: for every pair of scrutineers the secret key is sealed to one after the other, `Seal_i(Seal_j(sk))`, so that
any two open it and none alone. What a code is never leaves the screen of who took it: the server keeps a salt, what the
derivation costs, and the public key.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.public import PublicKey as NaclPublicKey

DIGITS = 16
GROUP = 4


@dataclass(frozen=True)
class Cost:
    """What one guess of a code costs: memory in KiB and passes of Argon2id."""

    memory_kib: int
    passes: int


def new_code() -> str:
    """Sixteen random digits in fours (2^53 guesses at Argon2id's price); never chosen by a person."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return " ".join(digits[place : place + GROUP] for place in range(0, DIGITS, GROUP))


def new_salt() -> bytes:
    return secrets.token_bytes(pwhash.argon2id.SALTBYTES)


def key_of_code(code: str, salt: bytes, cost: Cost) -> bytes:
    """The secret key that a code stands for, however it was spaced when it was typed."""
    digits = "".join(letter for letter in code if letter.isdecimal())
    return pwhash.argon2id.kdf(
        PrivateKey.SIZE, digits.encode(), salt, opslimit=cost.passes, memlimit=cost.memory_kib * 1024
    )


def new_secret() -> bytes:
    """A ballot's secret key; it is wrapped for the scrutineers and dropped."""
    return bytes(PrivateKey.generate())


def public_of(secret: bytes) -> bytes:
    return bytes(PrivateKey(secret).public_key)


def wrap_for_pairs(secret: bytes, publics: Mapping[int, bytes]) -> dict[tuple[int, int], bytes]:
    """The secret key for every two of them, by their ids in order."""
    return {
        (one, other): seal_to(publics[one], seal_to(publics[other], secret))
        for one, other in combinations(sorted(publics), 2)
    }


def unwrap(wrapped: bytes, one: bytes, other: bytes) -> bytes:
    """The ballot's secret key from those of a pair in the order of their ids; CryptoError where not theirs."""
    return open_with(other, open_with(one, wrapped))


def seal_to(public: bytes, message: bytes) -> bytes:
    """crypto_box_seal: who holds the public key can close, and not open again."""
    return SealedBox(NaclPublicKey(public)).encrypt(message)


def open_with(secret: bytes, sealed: bytes) -> bytes:
    """The message, or CryptoError where it was closed for another or touched since."""
    return SealedBox(PrivateKey(secret)).decrypt(sealed)


__all__ = [
    "Cost",
    "CryptoError",
    "key_of_code",
    "new_code",
    "new_salt",
    "new_secret",
    "open_with",
    "public_of",
    "seal_to",
    "unwrap",
    "wrap_for_pairs",
]
