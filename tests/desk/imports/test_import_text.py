"""Names, lists and blanks: what offices do to words is undone, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.imports.text import fold, han_number, is_vacant, paragraphs, person_name, split_list, tidy, unbracket

HAN = st.text(alphabet="沈砚清陆景和唐砺卓玛央金闻人澈丁筑", min_size=2, max_size=4)


@given(name=HAN, pad=st.text(alphabet=" 　\u00a0\u200b\t", max_size=3))
def test_a_name_padded_to_width_is_the_name(name, pad):
    assert person_name(pad + pad.join(name) + pad) == (name, "")


@pytest.mark.parametrize("dot", ["·", "・", "‧", "•", "∙", "⋅", "．", ".", "･", " · "])
def test_all_dots_in_a_name_are_one_dot(dot):
    assert person_name(f"阿不都{dot}热合曼") == ("阿不都·热合曼", "")


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("唐　砺", "唐砺", ""),
        ("程望舒（女）", "程望舒", "女"),
        ("马春屿(回族)", "马春屿", "回族"),
        ("卓玛央金（女，藏族）", "卓玛央金", "女,藏族"),
        ("沈砚清同志", "沈砚清", ""),
        ("", "", ""),
    ],
)
def test_the_note_behind_a_name_is_kept_apart(text, name, note):
    assert person_name(text) == (name, note)


def test_a_list_is_divided_at_any_of_the_usual_marks():
    assert split_list("司法局，区应急管理局,信访局") == ("司法局", "区应急管理局", "信访局")
    assert split_list("司法局,住建局、石桥镇，柳浦镇") == ("司法局", "住建局", "石桥镇", "柳浦镇")
    assert split_list("发改局；财政局;审计局/人社局\n住建局") == ("发改局", "财政局", "审计局", "人社局", "住建局")
    assert split_list("发改局、、财政局、") == ("发改局", "财政局")
    assert split_list("无") == split_list("/") == split_list("") == ()


def test_a_list_is_not_divided_inside_brackets_nor_at_blanks_or_and():
    assert split_list("李娜（女、财政局）、王强") == ("李娜(女、财政局)", "王强")
    assert split_list("唐　砺、丁　筑") == ("唐砺", "丁筑")
    assert split_list("人力资源和社会保障局") == ("人力资源和社会保障局",)


def test_kept_text_keeps_the_offices_own_marks():
    assert tidy("  讨论,提请全委会\n ") == "讨论,提请全委会"
    assert paragraphs("一、完成；\n\n 二、未完") == "一、完成；\n二、未完"


def test_a_heading_gives_its_bracket_apart():
    assert unbracket("涉及金额（万元）") == ("涉及金额", "万元")


def test_an_empty_place_is_no_person():
    assert is_vacant("（空缺）")
    assert is_vacant("暂缺")
    assert not is_vacant("柏青松")


@pytest.mark.parametrize(
    ("text", "number"), [("八", 8), ("十", 10), ("十一", 11), ("二十三", 23), ("14", 14), ("八九", None)]
)
def test_chinese_numbers(text, number):
    assert han_number(text) == number


@given(text=st.text(max_size=200))
def test_any_text_can_be_normalised_and_stays_so(text):
    assert fold(fold(text)) == fold(text)
    for part in split_list(text):
        person_name(part)
    tidy(text), paragraphs(text), unbracket(text), han_number(fold(text))
