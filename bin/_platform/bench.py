"""`bin/bench`: measures on throw-away servers with fsync on, in the environment of the tests."""

import os
import subprocess

from _platform.account import Argument, tied_to_parent
from _platform.code import CHECKOUT
from _platform.environment import MEMORY
from _platform.speech import Stop
from _platform.testing import VENV, set_up
from _platform.throwaway import throw_away_servers


def main(arguments: list[str]) -> int:
    if not (CHECKOUT / "bench/__main__.py").exists():
        raise Stop("这个版本没有 bench/__main__.py，无从测量。请更新程序后再试。")
    with throw_away_servers(set_up(), durable=True) as variables:
        tables = os.environ | variables | {"YISHI_DB_ROLE": "owner"}
        python = VENV / "bin/python"
        subprocess.run([python, "manage.py", "migrate", "--verbosity=0"], cwd=CHECKOUT, env=tables, check=True)
        running = os.environ | variables | MEMORY
        argv: list[Argument] = [python, "-m", "bench", *arguments]
        return subprocess.run(argv, cwd=CHECKOUT, env=running, preexec_fn=tied_to_parent()).returncode
