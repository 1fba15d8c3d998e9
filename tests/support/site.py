"""The site as a browser sees it: served by threads of the test process from the committed database."""

from collections.abc import Iterator

import pytest
from django.test.utils import modify_settings
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def site(committed_db: None) -> Iterator[LiveServer]:
    """A server on a free port of the loopback, static files included; `site.url` is its address."""
    server = LiveServer("127.0.0.1")
    with modify_settings(ALLOWED_HOSTS={"append": "127.0.0.1"}):
        yield server
        server.stop()
