"""`bin/test`: every check, one after the other, on throw-away servers; ends in one summary."""

import argparse
import os
import signal
import tempfile
import time
from pathlib import Path

from _platform import fonts, packages, venv
from _platform.code import CHECKOUT
from _platform.ground import NEEDED_FIRST, check_space
from _platform.home import open_home
from _platform.stages import Stage, run_side_by_side, run_stage
from _platform.summary import summary
from _platform.throwaway import keep_alive, throw_away_servers

VENV = CHECKOUT / ".venv"
# One after the other beside mypy, which takes longest: pytest then finds its template databases made.
LIGHT = ("mypy", "templates", "migrations", "imports", "ruff", "format")
NAMES = (*LIGHT, "pytest", "long")


def main(arguments: list[str]) -> int:
    options, pytest_words = parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    font_folder = set_up()
    if options.servers is not None:
        keep_alive(font_folder, Path(options.servers) if options.servers else None)
        return 0
    done, begun = [], time.monotonic()
    chosen = choose(options, pytest_words)
    with tempfile.TemporaryDirectory(prefix="yishi-reports-") as reports:
        stages = [stage for stage in all_stages(pytest_words, Path(reports)) if stage.name in chosen]
        # The long stage has servers of its own, with fsync as in an office.
        for durable in (False, True):
            if mine := [stage for stage in stages if (stage.name == "long") == durable]:
                with throw_away_servers(font_folder, durable=durable) as variables:
                    env = os.environ | variables
                    done += run_side_by_side([stage for stage in mine if stage.name in LIGHT], env)
                    done += [run_stage(stage, env) for stage in mine if stage.name not in LIGHT]
        print(summary(done, time.monotonic() - begun))
    return 0 if all(result.passed for result in done) else 1


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="bin/test", allow_abbrev=False, description="运行全部检查和测试，其余参数交给 pytest。"
    )
    parser.add_argument("--all", action="store_true", help="加上费时的部分（断电、大量数据）")
    parser.add_argument("--only", action="append", default=[], choices=NAMES, metavar="STAGE", help="、".join(NAMES))
    parser.add_argument("--servers", nargs="?", const="", metavar="FOLDER", help="只启动测试用的服务器")
    return parser.parse_known_args(arguments)


def choose(options: argparse.Namespace, pytest_words: list[str]) -> set[str]:
    """Which stages run: those named; with words for pytest only pytest; otherwise all, the long one with --all."""
    if options.only:
        return set(options.only)
    if pytest_words:
        return {"pytest", "long"} if options.all else {"pytest"}
    return set(NAMES) if options.all else set(NAMES) - {"long"}


def set_up() -> Path:
    """What tests need: all that the program needs and a browser, PDF tools, linters; the folder of the fonts."""
    packages.check_debian()
    place = open_home()
    check_space(CHECKOUT, NEEDED_FIRST // 4 if (VENV / "locked").exists() else NEEDED_FIRST)
    packages.install([*packages.RUNNING, *packages.TESTING])
    fonts.install(place.fonts)
    venv.install(VENV, CHECKOUT / "requirements/dev.txt")
    return place.fonts


def all_stages(pytest_words: list[str], reports: Path) -> list[Stage]:
    tool = VENV / "bin"
    pytest = [tool / "pytest", *pytest_words]
    parallel = [] if any(word.startswith("-n") for word in pytest_words) else ["-n", "4", "--dist", "worksteal"]
    return [
        Stage("mypy", [tool / "mypy"]),
        Stage("templates", [tool / "python", "-m", "tests.support.templates"]),
        Stage("migrations", [tool / "python", "manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("imports", [tool / "lint-imports"]),
        Stage("ruff", [tool / "ruff", "check", "."]),
        Stage("format", [tool / "ruff", "format", "--check", "."]),
        pytest_stage("pytest", [*pytest, *parallel, "-m", "not long"], reports),
        pytest_stage("long", [*pytest, "-m", "long"], reports),
    ]


def pytest_stage(name: str, argv: list, reports: Path) -> Stage:
    report = reports / f"{name}.xml"
    return Stage(name, [*argv, f"--junitxml={report}"], report)
