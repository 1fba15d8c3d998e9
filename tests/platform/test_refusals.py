"""What stops a command is said in one sentence that ends in what to do, and nothing is changed."""

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from _platform import fonts, ground, home, packages, venv
from _platform.account import explain
from _platform.code import CHECKOUT
from _platform.place import Place
from _platform.speech import NO_SPACE, Stop

NEWER_LAYOUT = {"format": home.FORMAT + 1, "migrations": []}
NEWER_TABLES = {"format": home.FORMAT, "migrations": ["agenda.9999_later"]}


def demo(home_folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [CHECKOUT / "bin/demo", *words],
        env=os.environ | {"YISHI_HOME": str(home_folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_in_use_is_named_before_anything_is_installed(place: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = demo(place.home, "--port", str(port))
    assert refused.returncode == 1
    assert (
        refused.stderr.strip() == f"端口 {port} 不能用，可能已被别的程序占用。请换一个，例如 ./bin/demo --port 8001。"
    )
    assert not place.venv.exists()


def test_a_second_demo_points_to_the_first(place: Place) -> None:
    with home.holding(place, "demo", port=8765) as held:
        assert held
        refused = demo(place.home, "--port", "8765")
    assert refused.returncode == 1
    assert f"议事已在运行（进程 {os.getpid()}），请直接打开 http://127.0.0.1:8765/" in refused.stderr


@pytest.mark.parametrize(
    "written", [{"format": home.FORMAT + 1, "migrations": []}, {"format": 1, "migrations": ["agenda.9999_later"]}]
)
def test_a_folder_of_a_newer_version_is_left_alone(place: Place, written: dict) -> None:
    (place.state / "version").write_text(json.dumps(written))
    refused = demo(place.home, "--port", "8766")
    assert refused.returncode == 1
    assert "是更新的版本写的" in refused.stderr
    assert "请先更新程序再启动" in refused.stderr
    assert json.loads((place.state / "version").read_text()) == written


def test_the_folder_of_this_version_is_accepted(place: Place) -> None:
    home.write_version(place)
    home.check_version(place)


def test_a_path_too_long_for_sockets_is_refused(tmp_path: Path) -> None:
    refused = demo(tmp_path / ("长" * 40))
    assert "数据文件夹的路径太长" in refused.stderr
    assert "YISHI_HOME" in refused.stderr


def test_the_home_folder_may_not_lie_where_the_program_cannot_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "is_root", lambda: True)
    monkeypatch.setattr(home, "make_user", lambda: None)
    monkeypatch.setenv("YISHI_HOME", "/root/yishi")
    with pytest.raises(Stop, match="不能放在 /root 里"):
        home.open_home()


@pytest.mark.parametrize("release", ["ID=ubuntu\nVERSION_ID=24.04\nPRETTY_NAME=Ubuntu", "ID=debian\nVERSION_ID=11", ""])
def test_another_system_is_sent_to_containers(tmp_path: Path, release: str) -> None:
    (tmp_path / "os-release").write_text(release)
    with pytest.raises(Stop, match=r"只在 Debian 12 上可用.*docker-compose\.yml"):
        packages.check_debian(tmp_path / "os-release")


def test_without_root_and_sudo_the_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "is_root", lambda: False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match=r"缺少软件包 redis-server.*请用 root 运行，或请管理员给本账号 sudo 权限"):
        packages.rights(["redis-server"])


def test_apt_without_a_network_is_told_from_other_trouble() -> None:
    offline = "Err:1 http://deb.debian.org bookworm InRelease\n  Temporary failure resolving 'deb.debian.org'"
    assert packages.explain_apt(offline).startswith("联不上软件源")
    assert "dpkg was interrupted" in packages.explain_apt("E: dpkg was interrupted, run dpkg --configure -a")


@pytest.mark.long
def test_pip_without_a_network_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", nowhere)
    lock = tmp_path / "lock.txt"
    lock.write_text(f"django==5.2.19 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(Stop, match=r"联不上 Python 软件源.*镜像"):
        venv.install(tmp_path / "venv", lock)
    assert not (tmp_path / "venv/locked").exists()


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="磁盘空间不足"):
        ground.check_space(tmp_path, 10**18)
    assert explain("initdb: could not write: No space left on device", "失败") == NO_SPACE


def test_a_broken_font_package_leaves_nothing_behind(tmp_path: Path) -> None:
    package = tmp_path / "empty.deb"
    (tmp_path / "root/DEBIAN").mkdir(parents=True)
    (tmp_path / "root/DEBIAN/control").write_text(
        "Package: empty\nVersion: 1\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: empty\n"
    )
    subprocess.run(["dpkg-deb", "--build", tmp_path / "root", package], check=True, capture_output=True)
    with pytest.raises(Stop, match="没有找到公文字体"):
        fonts.extract(package, tmp_path)
    assert not list(tmp_path.glob("*.otf"))
