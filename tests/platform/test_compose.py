"""docker-compose.yml speaks the language of the settings; nobody here has an engine to run it."""

import re

from _platform.code import CHECKOUT
from _platform.packages import PRINTING

COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()


def test_every_variable_it_sets_is_one_the_program_reads() -> None:
    read = "".join(path.read_text() for path in [*CHECKOUT.glob("config/*.py"), *CHECKOUT.glob("common/**/*.py")])
    names = {name.removesuffix("_FILE") for name in re.findall(r"^    +(YISHI_\w+):", COMPOSE, re.MULTILINE)}
    assert names
    assert {name for name in names if f'"{name}"' not in read} == set()


def test_its_image_has_what_printing_needs() -> None:
    assert [name for name in PRINTING if name not in COMPOSE] == []
