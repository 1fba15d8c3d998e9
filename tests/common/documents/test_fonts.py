"""Faces are found in the project's folders, and what is missing is said in a sentence."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.documents import fonts


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing remembered before, nothing after."""
    before = os.environ.get("FONTCONFIG_FILE")
    forget()
    yield
    forget()
    if before:
        os.environ["FONTCONFIG_FILE"] = before


def forget() -> None:
    for remembered in (fonts.prepare_fonts, fonts._charset, fonts.chosen_face, fonts.common_characters):
        remembered.cache_clear()


def test_this_machine_can_print() -> None:
    assert fonts.check_printing() == []


def test_the_configuration_names_both_folders_and_the_system() -> None:
    text = fonts.prepare_fonts().read_text(encoding="utf-8")
    assert str(fonts.font_dir()) in text
    assert str(fonts.office_font_dir()) in text
    assert "/etc/fonts/fonts.conf" in text
    assert os.environ["FONTCONFIG_FILE"] == str(fonts.prepare_fonts())


def test_every_role_has_a_face() -> None:
    assert {role: fonts.chosen_face(role) for role in fonts.FACES}["仿宋"] is not None
    assert all(fonts.chosen_face(role) for role in fonts.FACES)


def test_a_missing_face_is_said_with_what_to_do(fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YISHI_FONT_DIR", str(tmp_path / "empty"))
    monkeypatch.setattr(fonts, "FACES", {"仿宋": ("不存在的字体", "FandolFang No Such Face")})
    monkeypatch.setitem(fonts.PACKAGES, "FandolFang No Such Face", "Fandol 字体")
    [sentence] = fonts.check_printing()
    assert sentence.startswith("不能印制公文：没有仿宋字体。请管理员把不存在的字体放进")


def test_the_bold_weight_is_only_for_the_stand_in(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--biaosong-weight: 700" in fonts.faces_css()
    forget()
    monkeypatch.setitem(fonts.FACES, "小标宋", ("FandolSong",))
    assert "--biaosong-weight: 400" in fonts.faces_css()


def test_no_list_begins_with_a_latin_face() -> None:
    quotation_mark = ord("“")
    assert all(quotation_mark in fonts._charset(fonts.chosen_face(role) or "") for role in fonts.FACES)


def test_names_have_characters_that_the_faces_lack() -> None:
    drawn = fonts.common_characters()
    assert ord("国") in drawn
    assert not {ord(character) for character in "㛃喆垚祎翀堃頔旻昇龑囧𬭎𬬭"} & drawn
