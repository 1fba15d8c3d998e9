"""Who keeps the hall."""

import pytest
from django.test import Client

from tests.decisions.console.hall_pages import signed_in
from tests.support.cast import District


@pytest.fixture
def office(district: District) -> Client:
    return signed_in(district.office.person)
