"""The environment variables that config/settings.py reads: the whole contract between platform and program."""

import os
import shlex

from _platform.passwords import password
from _platform.place import Place
from _platform.servers import APP, DATABASE, OWNER, PLAIN, Servers

# Printing gives its memory back at once: a worker that has printed holds 120 MB with one arena, 205 with several.
MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}


def environment(place: Place, servers: Servers, *, mode: str) -> dict[str, str]:
    """Variables of the running program: it knows its own login, not the owner's."""
    return {
        "YISHI_MODE": mode,
        "YISHI_SECRET_KEY": password(place, "secret_key"),
        "YISHI_DATA_DIR": str(place.data),
        "YISHI_CLOCK_FILE": str(place.clock / "offset"),
        "YISHI_FONT_DIR": str(place.fonts),
        "YISHI_DB_NAME": DATABASE,
        "YISHI_DB_HOST": str(place.run),
        "YISHI_DB_USER": APP,
        "YISHI_DB_OWNER": OWNER,
        "YISHI_DB_PASSWORD": password(place, "app"),
        "YISHI_REDIS_URL": f"unix://{servers.redis_socket}",
    }


def owner(place: Place) -> dict[str, str]:
    """Variables to add for a command that changes tables."""
    return {"YISHI_DB_ROLE": "owner", "YISHI_DB_OWNER_PASSWORD": password(place, "owner")}


def base(place: Place) -> dict[str, str]:
    """What a child of the demo gets besides: a home of its own, and from the caller only how to speak."""
    kept = {name: os.environ[name] for name in ("TERM", "COLUMNS") if name in os.environ}
    return PLAIN | MEMORY | kept | {"HOME": str(place.data)}


def as_exports(variables: dict[str, str]) -> str:
    """Lines for a shell to `source`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
