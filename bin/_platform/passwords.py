"""Passwords made once per home folder, each in a file of its own that only the supervisor's account reads."""

import os
import secrets

from _platform.place import Place


def password(place: Place, name: str) -> str:
    """The password called `name`, made at the first question."""
    path = place.secrets / name
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(36))
    return path.read_text()
