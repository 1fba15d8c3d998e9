"""A home folder of one's own, and the account that may run servers in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from _platform.place import Place


@pytest.fixture
def place() -> Iterator[Place]:
    """An empty home folder with a short path (sockets), for servers that do not run as root."""
    home = Path(tempfile.mkdtemp(prefix="yishi-home-", dir="/tmp"))
    place = Place(home, "postgres" if os.geteuid() == 0 else None)
    place.make()
    yield place
    shutil.rmtree(home)
