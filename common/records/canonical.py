"""Canonical bytes: the same content always gives the same bytes, on any machine, in ten years.

Rule: JSON, UTF-8, keys sorted by code point, no spaces, no floats; dates as 2026-11-26, moments as ISO 8601 with
offset, Decimal as plain text. Anything else is refused, so that nothing is stored which cannot be read back.
"""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def canonical_bytes(payload: dict[str, Any]) -> bytes:
    """The bytes that are digested and stored."""
    text = json.dumps(_plain(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def read_canonical(payload: bytes) -> dict[str, Any]:
    """The content of a record as plain JSON values."""
    return json.loads(bytes(payload).decode("utf-8"))


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def link_digest(predecessor: str, seq: int, schema: str, subject: str, payload_digest: str) -> str:
    """Digest of one link of the chain."""
    return sha256_hex("\n".join([predecessor, str(seq), schema, subject, payload_digest]).encode("utf-8"))


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            if value.tzinfo is None:
                raise TypeError("a moment without offset cannot be recorded")
            return value.isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case dict():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("keys of a record are text")
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")
