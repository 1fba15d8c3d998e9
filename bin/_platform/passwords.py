"""Passwords made once per home folder, each in a file of its own that only the supervisor's account reads."""

import secrets

from _platform.place import Place
from _platform.whole import write_whole


def password(place: Place, name: str) -> str:
    """The password called `name`, made at the first question."""
    path = place.secrets / name
    if not path.exists():
        write_whole(path, secrets.token_urlsafe(36), mode=0o600)
    return path.read_text()
