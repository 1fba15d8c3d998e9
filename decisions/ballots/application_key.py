"""The application's own key: a file on this host, never in the database nor in its backups.

A copy of the database alone can neither slip an envelope in nor swap one without its HMAC telling.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

LENGTH = 32


def application_key() -> bytes:
    """Read from its file; the first who asks makes it, readable by the program's user alone."""
    path = Path(settings.BALLOT_KEY_FILE)
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != LENGTH:
        raise RuntimeError(f"{path} does not hold a key of {LENGTH} bytes")
    return key


def _make(path: Path) -> None:
    """Whole or not at all, whoever else makes it at the same moment."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def digest_of_slip(ballot: int, slip: str) -> str:
    """How a booth's slip is kept: whoever reads the database cannot guess it back."""
    digits = "".join(letter for letter in slip if letter.isdecimal())
    return hmac.new(application_key(), f"slip {ballot} {digits}".encode(), hashlib.sha256).hexdigest()
