"""`bin/demo`: installs what is missing, starts everything in order, watches over it and stops it in reverse order."""

import argparse
import http.client
import signal
import socket
import time
from types import FrameType
from typing import Any

from _platform import clock, ground, packages
from _platform.children import Child, clear_leftovers, spawn
from _platform.ground import Program
from _platform.home import check_version, holder, holding, open_home, reset
from _platform.place import Place
from _platform.servers import wait_for
from _platform.speech import Stop, say, step

HOST = "127.0.0.1"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Somebody asked the command to end."""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    for number in ENDING:
        if (number, signal.getsignal(number)) != (signal.SIGHUP, signal.SIG_IGN):  # nohup means it
            signal.signal(number, end)
    try:
        packages.check_debian()
        place = open_home()
        with holding(place, "demo", port=options.port) as held:
            if not held:
                raise Stop(already(holder(place)))
            clear_leftovers(place.state / "children")
            check_port(options.port)
            if options.reset:
                reset(place, ask=not options.yes)
            check_version(place)
            ground.install(place)
            serve(place, options.port)
    except Ended:
        say("已停止。")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="安装并启动演示：一个区的区委常委会。")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="网址的端口（8000）")
    parser.add_argument("--reset", action="store_true", help="先清空全部演示数据")
    parser.add_argument("--yes", action="store_true", help="清空前不再询问")
    return parser.parse_args(arguments)


def end(number: int, frame: FrameType | None) -> None:
    # Once only: a second Ctrl-C must not cut the orderly stop short.
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise Ended


def already(who: dict) -> str:
    if who.get("what") == "demo":
        return (
            f"议事已在运行（进程 {who['pid']}），请直接打开 http://{HOST}:{who['port']}/ 。"
            "如要重新启动，先在原来的窗口按 Ctrl-C。"
        )
    return f"另一个命令（进程 {who.get('pid', '不详')}）正在使用数据文件夹，请等它结束后再启动。"


def check_port(port: int) -> None:
    example = f"例如 ./bin/demo --port {8002 if port == 8001 else 8001}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Stop(f"本账号不能使用端口 {port}。请换一个 1024 以上的端口，{example}。") from None
        except (OSError, OverflowError):
            raise Stop(f"端口 {port} 不能用，可能已被别的程序占用。请换一个，{example}。") from None


def serve(place: Place, port: int) -> None:
    step("启动数据库和消息队列")
    with ground.servers_up(place) as program:
        program.variables["YISHI_PUBLIC_URL"] = f"http://{HOST}:{port}"
        ground.prepare(program)
        ground.load_demo(program)
        step("启动网站和后台任务")
        program.add(web := start_web(program, port))
        program.add(start_worker(program))
        program.add(start_beat(program))
        wait_for(web, lambda: answers(port))
        accounts = ground.demo_accounts(program)
        ground.fail_if_died(program)
        say(f"\n议事已启动：http://{HOST}:{port}/ （按 Ctrl-C 停止）\n{accounts}")
        try:
            watch(program)
        finally:
            say("正在停止 ……")


def start_web(program: Program, port: int) -> Child:
    argv = [
        program.place.venv / "bin/gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "5", "--no-control-socket",
    ]  # fmt: skip
    return program_child(program, "网站 gunicorn", "web.log", argv)


def start_worker(program: Program) -> Child:
    words = ["worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    # What a killed worker had begun is delivered again (acks_late).
    return celery(program, "后台任务 celery", "worker.log", words, death_signal=signal.SIGKILL)


def start_beat(program: Program) -> Child:
    """A child of its own: embedded in the worker it would outlive a worker that is killed."""
    words = ["beat", "--schedule", str(program.place.data / "beat-schedule"), "--pidfile", ""]
    return celery(program, "定时任务 celery beat", "beat.log", words)


def celery(program: Program, name: str, log: str, words: list[str], **options: Any) -> Child:
    return program_child(program, name, log, [program.place.venv / "bin/celery", "-A", "config", *words], **options)


def program_child(program: Program, name: str, log: str, argv: list, **options: Any) -> Child:
    return spawn(
        name,
        argv,
        log=program.place.logs / log,
        env=program.variables,
        user=program.place.user,
        cwd=program.code,
        **options,
    )


def answers(port: int) -> bool:
    """Whether the site answers; an error page is an answer that is said in its log."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
    if status >= 500:
        raise Stop(f"网站启动了，但首页出错（状态 {status}）。请看日志文件夹中的 web.log，处理后重新启动。")
    return True


def watch(program: Program) -> None:
    """Writes the demo's time down and notices a child that has died, until somebody ends the command."""
    remembered = time.monotonic()
    while True:
        time.sleep(0.5)
        ground.fail_if_died(program)
        if time.monotonic() - remembered >= clock.EVERY:
            clock.remember(program.place)
            remembered = time.monotonic()
