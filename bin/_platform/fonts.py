"""The Fandol faces for official paper, taken out of a large Debian package without installing it."""

import subprocess
import tarfile
import tempfile
from pathlib import Path

from _platform.account import make_folder
from _platform.packages import explain_apt, rights, update
from _platform.speech import Stop, step

PACKAGE = "texlive-lang-chinese"
FACES = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolSong-Regular.otf")


def install(folder: Path) -> None:
    """Puts the four faces into `folder`, unless they are there."""
    if all((folder / face).exists() for face in FACES):
        return
    step("取公文字体（仿宋、楷体等，下载约 50 MB）")
    make_folder(folder)
    with tempfile.TemporaryDirectory() as temporary:
        extract(download(Path(temporary)), folder)


def download(folder: Path) -> Path:
    """The package file; the list of packages is fetched only if this machine does not know the package yet."""
    done = fetch(folder)
    if done.returncode:
        update(rights([PACKAGE]))
        done = fetch(folder)
    if done.returncode:
        raise Stop(explain_apt(done.stdout))
    return next(folder.glob("*.deb"))


def fetch(folder: Path) -> subprocess.CompletedProcess:
    # Unsandboxed: apt's own account cannot write into our temporary folder.
    argv = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=2", "download", PACKAGE]
    return subprocess.run(argv, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def extract(package: Path, folder: Path) -> None:
    unpack = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    found = set()
    with unpack, tarfile.open(fileobj=unpack.stdout, mode="r|") as archive:
        for member in archive:
            name = Path(member.name).name
            if name in FACES and (content := archive.extractfile(member)):
                partial = folder / f"{name}.part"
                partial.write_bytes(content.read())
                partial.replace(folder / name)
                found.add(name)
    if found != set(FACES):
        raise Stop(f"软件包 {PACKAGE} 里没有找到公文字体 {'、'.join(sorted(set(FACES) - found))}，请检查软件源后再试。")
