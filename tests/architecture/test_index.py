"""docs/rules.md leads from a question to the one place that decides it; every name in it exists."""

import importlib
import re
from pathlib import Path

import pytest

INDEX = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
NAMES = sorted(
    set(re.findall(r"`((?:common|committee|agenda|decisions|oversight|desk)(?:\.\w+)+)`", INDEX.read_text("utf-8")))
)


@pytest.mark.parametrize("name", NAMES)
def test_the_index_names_what_exists(name: str) -> None:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[cut:]:
            found = getattr(found, attribute)
        return
    pytest.fail(f"{name} does not exist")


def test_the_index_is_not_empty() -> None:
    assert len(NAMES) >= 10
