"""The Python environment: packages locked by hash, wheels only, installed again only when the lock files change."""

import hashlib
import subprocess
from pathlib import Path

from _platform.account import explain, tied_to_parent
from _platform.speech import Stop, step
from _platform.whole import write_whole

PYTHON = "/usr/bin/python3"
OFFLINE = ("NewConnectionError", "name resolution", "Max retries exceeded", "ConnectTimeout", "ReadTimeout")


def install(folder: Path, lock: Path) -> None:
    """Makes `folder` hold exactly what `lock` lists; seconds when it does already."""
    stamp = folder / "locked"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest and imports(folder, "sys"):
        return
    step(f"安装 Python 依赖（{lock.name}，约一分钟）")
    stamp.unlink(missing_ok=True)
    if not imports(folder, "pip"):
        call([PYTHON, "-m", "venv", "--clear", folder])
    call(
        [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2",
         "--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", lock]
    )  # fmt: skip
    write_whole(stamp, digest)


def imports(folder: Path, module: str) -> bool:
    """Whether an environment is there whose interpreter still starts and finds `module`."""
    python = folder / "bin/python"
    return python.exists() and subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0


def call(argv: list) -> None:
    done = subprocess.run(
        argv, text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=tied_to_parent()
    )
    if done.returncode:
        raise Stop(explain_pip(done.stdout))


def explain_pip(output: str) -> str:
    if any(sign in output for sign in OFFLINE):
        return "联不上 Python 软件源，依赖没有装上。请检查网络或用 pip config 设一个可用的镜像，然后再运行一次。"
    return explain(output, "安装 Python 依赖没有成功，最后的输出如下。请按提示处理后再运行一次。")
