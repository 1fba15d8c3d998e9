"""Fixtures for all tests; ./bin/test or ./bin/test --servers provides the servers, tests/support/ the parts."""

from hypothesis import HealthCheck, settings

from tests.support import process

process.begin()
# How long an example takes says how busy the machine is, not whether the property holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = [
    "tests.support.time",
    "tests.support.databases",
    "tests.support.cast",
    "tests.support.site",
    "tests.support.browser",
    "tests.support.smtp",
]


def pytest_unconfigure() -> None:
    process.leave()
