"""The difference of two texts loses nothing of either."""

from hypothesis import given
from hypothesis import strategies as st

from common.web.diff import Piece, paragraphs

texts = st.lists(st.text(alphabet="区委常议事1.8亿 a", min_size=1, max_size=12), max_size=6).map("\n".join)


def told(pieces, without):
    """The text that remains when pieces of one kind are left out."""
    lines = ["".join(piece.text for piece in line if piece.kind != without) for line in pieces]
    return [line for line, marked in zip(lines, pieces, strict=True) if any(p.kind != without for p in marked)]


@given(texts, texts)
def test_without_what_went_out_it_is_the_new_text_and_the_other_way(old, new):
    found = paragraphs(old, new)
    assert told(found, "out") == new.splitlines()
    assert told(found, "in") == old.splitlines()


def test_a_figure_is_one_word():
    assert paragraphs("总投资 1.6 亿元", "总投资 1.8 亿元") == [
        [Piece("same", "总投资 "), Piece("out", "1.6"), Piece("in", "1.8"), Piece("same", " 亿元")]
    ]


def test_paragraphs_with_little_in_common_are_shown_whole():
    assert paragraphs("本项目不涉及征地拆迁。", "由区住建局代建,明年投用") == [
        [Piece("out", "本项目不涉及征地拆迁。")],
        [Piece("in", "由区住建局代建,明年投用")],
    ]
