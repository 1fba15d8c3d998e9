"""One stage of `bin/test`: a command whose output is shown as it comes, its time, and what pytest reports of itself."""

import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _platform.account import Argument, tied_to_parent
from _platform.code import CHECKOUT
from _platform.speech import say

NOTHING_COLLECTED = 5  # pytest's status


@dataclass(frozen=True)
class Stage:
    name: str
    argv: list[Argument]
    report: Path | None = None  # junit XML that the command writes


@dataclass
class Result:
    name: str
    passed: bool
    seconds: float
    closing_line: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    durations: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Running:
    stage: Stage
    process: subprocess.Popen
    output: Path
    begun: float


def run_side_by_side(stages: Sequence[Stage], env: dict[str, str], at_once: int = 2) -> list[Result]:
    """Runs stages that have nothing to do with each other, so many at a time; shows each one's output when it ends."""
    waiting, done = list(stages), list[Result]()
    running: list[Running] = []
    with tempfile.TemporaryDirectory(prefix="yishi-stages-") as folder:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    running.append(start(waiting.pop(0), env, Path(folder)))
                time.sleep(0.05)
                for one in [one for one in running if one.process.poll() is not None]:
                    running.remove(one)
                    done.append(finish(one))
        finally:
            for one in running:
                one.process.terminate()
    return done


def start(stage: Stage, env: dict[str, str], folder: Path) -> Running:
    output = folder / stage.name
    with output.open("w") as sink:
        process = subprocess.Popen(
            stage.argv, cwd=CHECKOUT, env=env, preexec_fn=tied_to_parent(), stdout=sink, stderr=sink
        )
    return Running(stage, process, output, time.monotonic())


def finish(one: Running) -> Result:
    say(f"\n── {one.stage.name} ──\n{one.output.read_text(errors='replace').rstrip()}")
    return Result(one.stage.name, one.process.returncode == 0, time.monotonic() - one.begun)


def run_stage(stage: Stage, env: dict[str, str]) -> Result:
    """Runs the command to its end; a failure is noted and the next stage follows."""
    say(f"\n── {stage.name} ──")
    begun = time.monotonic()
    last = ""
    process = subprocess.Popen(
        stage.argv, cwd=CHECKOUT, env=env, text=True, errors="replace", preexec_fn=tied_to_parent(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    with process:
        for line in process.stdout or ():
            say(line.rstrip("\n"))
            last = line.strip() or last
    result = Result(stage.name, process.returncode == 0, time.monotonic() - begun)
    if stage.report is not None:
        result.closing_line = last
        if stage.report.exists():
            read_report(stage.report, result)
        result.passed = result.passed or (process.returncode == NOTHING_COLLECTED and stage.name == "long")
    return result


def read_report(report: Path, result: Result) -> None:
    suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314  our own pytest wrote it a moment ago
    names = {"tests": "共", "failures": "失败", "errors": "出错", "skipped": "跳过"}
    result.counts = {shown: int(suite.get(name, "0")) for name, shown in names.items()}
    result.durations = [
        (float(case.get("time", "0")), f"{case.get('classname')}::{case.get('name')}")
        for case in suite.iter("testcase")
    ]
