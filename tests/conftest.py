"""Fixtures for all tests; ./bin/test or ./bin/test --servers provides the servers, tests/support/ the parts."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.support import process

process.begin()
# Little of what tests make is garbage in cycles; looking for it at the usual pace takes a tenth of their time.
gc.set_threshold(50_000, 20, 20)
# How long an example takes says how busy the machine is, not whether the property holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = [
    "tests.support.time",
    "tests.support.databases",
    "tests.support.cast",
    "tests.support.told",
    "tests.support.site",
    "tests.support.browser",
    "tests.support.smtp",
]


def pytest_collection_finish(session: pytest.Session) -> None:
    """The program and the collected tests stay to the end: they need not be looked through for garbage."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    process.leave()
