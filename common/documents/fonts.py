"""The faces of official paper: where they are looked for, which is at hand, whether this machine can print at all.

Faces are asked for by role (仿宋 …), the licensed one first, then the free stand-in (GB/T 9704-2012 names roles, not
makers). No list begins with a Latin face: it would turn “” into narrow quotation marks.
"""

import ctypes
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from config import environment as env

RARE = ("LXGW WenKai Light", "Noto Serif CJK SC")
FACES: dict[str, tuple[str, ...]] = {
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FandolFang"),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FandolKai"),
    "黑体": ("黑体", "SimHei", "方正黑体_GBK", "Noto Sans CJK SC"),
    "小标宋": ("方正小标宋简体", "方正小标宋_GBK", "Noto Serif CJK SC"),
    "宋体": ("宋体", "SimSun", "方正书宋_GBK", "FandolSong"),
}
PACKAGES = {
    "FandolFang": "Fandol 字体（FandolFang-Regular.otf）",
    "FandolKai": "Fandol 字体（FandolKai-Regular.otf）",
    "FandolSong": "Fandol 字体（FandolSong-Regular.otf）",
    "Noto Sans CJK SC": "软件包 fonts-noto-cjk",
    "Noto Serif CJK SC": "软件包 fonts-noto-cjk",
    "LXGW WenKai Light": "软件包 fonts-lxgw-wenkai",
}

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{free}</dir>
  <dir>{office}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def font_dir() -> Path:
    """Where the installer puts the free faces (YISHI_FONT_DIR)."""
    return Path(env.text("YISHI_FONT_DIR", str(settings.DATA_DIR / "fonts")))


def office_font_dir() -> Path:
    """Where an administrator puts the faces the office has a licence for (YISHI_OFFICE_FONT_DIR)."""
    return Path(env.text("YISHI_OFFICE_FONT_DIR", str(settings.DATA_DIR / "office-fonts")))


@cache
def prepare_fonts() -> Path:
    """Write the project's fonts.conf and make it this process's; call before WeasyPrint is imported.

    The system's faces are included, then those of the two folders above. Written aside and renamed, so that
    processes that start together do not read half a file.
    """
    target = settings.DATA_DIR / "fonts.conf"
    office_font_dir().mkdir(parents=True, exist_ok=True)
    text = CONFIGURATION.format(
        free=escape(str(font_dir())),
        office=escape(str(office_font_dir())),
        cache=escape(str(settings.DATA_DIR / "fonts-cache")),
    )
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        partial = target.with_suffix(f".{os.getpid()}")
        partial.write_text(text, encoding="utf-8")
        partial.replace(target)
    os.environ["FONTCONFIG_FILE"] = str(target)
    return target


@cache
def _charset(family: str) -> frozenset[int]:
    """Code points that the family's regular face draws; empty where the family is not installed."""
    prepare_fonts()
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    command = [program, f":family={family}", "--format", "%{charset}\n"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    points: set[int] = set()
    for span in listed[0].split() if listed else []:
        first, _, last = span.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


@cache
def chosen_face(role: str) -> str | None:
    """The first family of the role's list that this machine has."""
    return next((family for family in FACES[role] if _charset(family)), None)


@cache
def common_characters() -> frozenset[int]:
    """Code points that every chosen face draws; the others are set in a fallback face and need care."""
    charsets = [_charset(family) for role in FACES if (family := chosen_face(role))]
    return frozenset.intersection(*charsets) if charsets else frozenset()


def faces_css() -> str:
    """The families by role as CSS variables, with the fallback for rare characters behind each.

    方正小标宋 is heavy by itself; its stand-in is the bold weight of a Song face.
    """
    weight = 700 if chosen_face("小标宋") == "Noto Serif CJK SC" else 400
    variables = {"仿宋": "fang", "楷体": "kai", "黑体": "hei", "小标宋": "biaosong", "宋体": "song"}
    lists = []
    for role, families in FACES.items():
        quoted = ", ".join(f'"{family}"' for family in (*families, *RARE))
        lists.append(f"--{variables[role]}: {quoted};")
    return f":root {{ {' '.join(lists)} --biaosong-weight: {weight}; }}"


def check_printing() -> list[str]:
    """What is missing for printing, one Chinese sentence each, in the order to mend it; empty when all is there."""
    missing = []
    for library, package in (
        ("libpango-1.0.so.0", "libpango-1.0-0"),
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    ):
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(f"不能正常生成 PDF：缺少 {library}。请管理员安装软件包 {package}，然后重新启动程序。")
    if shutil.which("fc-list") is None:
        return [*missing, "不能查找字体：缺少 fc-list。请管理员安装软件包 fontconfig，然后重新启动程序。"]
    for role, families in FACES.items():
        if chosen_face(role) is None:
            missing.append(
                f"不能印制公文：没有{role}字体。请管理员把{families[0]}放进 {office_font_dir()}，"
                f"或安装{PACKAGES[families[-1]]}，然后重新启动程序。"
            )
    if not any(_charset(family) for family in RARE):
        missing.append(f"印不出人名中的生僻字：没有{RARE[0]}字体。请管理员安装{PACKAGES[RARE[0]]}，然后重新启动程序。")
    return missing
