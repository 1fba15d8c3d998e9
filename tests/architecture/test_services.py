"""Every write is a service: keyword-only, with an actor, found in a services folder."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("common", "committee", "agenda", "decisions", "oversight", "desk")


def modules() -> list[str]:
    files = (p for floor in FLOORS for p in (ROOT / floor).rglob("services/*.py") if p.stem != "__init__")
    return sorted(".".join(p.relative_to(ROOT).with_suffix("").parts) for p in files)


def services() -> Iterator[tuple[str, Any]]:
    for name in modules():
        module = importlib.import_module(name)
        for attribute, function in vars(module).items():
            if getattr(function, "is_service", False) and function.__module__ == name:
                yield f"{name}.{attribute}", function


@pytest.mark.parametrize(
    ("name", "function"), list(services()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_service_takes_keywords_and_an_actor_and_says_its_rule(name: str, function: Any) -> None:
    parameters = inspect.signature(function).parameters.values()
    assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters), name
    assert "actor" in {p.name for p in parameters}, name
    assert function.__doc__, name


@pytest.mark.parametrize("name", modules())
def test_a_services_module_holds_a_service(name: str) -> None:
    module = importlib.import_module(name)
    named = [f for f in vars(module).values() if callable(f) and getattr(f, "__module__", "") == name]
    if name.endswith("found_committee"):
        return  # the one write before which no actor can stand
    assert any(getattr(f, "is_service", False) for f in named), name
