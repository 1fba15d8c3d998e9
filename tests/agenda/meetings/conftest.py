"""Who opens the pages of a meeting: 秘书科, a member of the 常委会, the head of a unit that reports."""

import pytest
from django.test import Client

from tests.agenda.meetings.meeting_pages import signed_in


@pytest.fixture
def office(district) -> Client:
    return signed_in(district.office.person)


@pytest.fixture
def member(district) -> Client:
    """程望舒, 常委."""
    return signed_in(district.person("程望舒"))


@pytest.fixture
def head(district) -> Client:
    """教体局负责人, called in for her own item."""
    return signed_in(district.head.person)
