"""Fixtures for all tests; ./bin/test or ./bin/test --servers provides the servers, tests/support/ the parts."""

from tests.support import process  # first: gives this process names of its own before settings are read

process.enter()

import django  # noqa: E402  settings may be read only now

django.setup()
process.settle()

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
