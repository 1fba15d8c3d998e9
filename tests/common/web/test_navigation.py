"""Who sees which entries, and which one is active."""

import pytest

from common.web import navigation


@pytest.fixture
def entries(monkeypatch):
    """An empty registry whose addresses are the names themselves."""
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "reverse", lambda name: name)
    return navigation.register_entry


def labels(path="/"):
    return [entry.label for entry in navigation.entries_for(None, path)]


def active(path):
    return [entry.label for entry in navigation.entries_for(None, path) if entry.active]


def test_entries_stand_in_order_the_office_group_last(entries):
    entries("imports", "导入", "/imports/", 1, group=navigation.OFFICE)
    entries("items", "议题", "/items/", 20)
    entries("desk", "工作台", "/", 10)
    assert labels() == ["工作台", "议题", "导入"]


def test_an_entry_is_shown_to_those_who_may(entries):
    entries("imports", "导入", "/imports/", 1, visible=lambda actor: False)
    assert labels() == []


def test_the_longest_address_is_active_and_the_front_page_only_on_itself(entries):
    entries("desk", "工作台", "/", 10)
    entries("items", "议题", "/items/", 20)
    entries("late", "逾期议题", "/items/late/", 30)
    assert active("/") == ["工作台"]
    assert active("/items/7/") == ["议题"]
    assert active("/items/late/3/") == ["逾期议题"]
    assert active("/elsewhere/") == []


def test_four_stand_at_hand_on_the_phone(entries):
    for number in range(6):
        entries(f"e{number}", f"{number}", f"/{number}/", number)
    assert [entry.label for entry in navigation.entries_for(None, "/") if entry.extra] == ["4", "5"]
