"""Text before it is set."""

from datetime import date

import pytest

from common.documents import filters
from common.documents.typeset import keep_figures_whole, mark_rare_characters

DRAWN = frozenset(map(ord, "国人民日"))


def test_rare_characters_are_wrapped_in_runs() -> None:
    assert mark_rare_characters("<body>国喆垚民</body>", DRAWN) == ('<body>国<span class="rare">喆垚</span>民</body>')


def test_attributes_and_the_head_are_left_alone() -> None:
    html = '<head><title>喆</title></head><body><p title="喆">国</p></body>'
    assert mark_rare_characters(html, DRAWN) == html


def test_latin_and_spaces_are_not_rare() -> None:
    html = "<body>AB 12 é　国</body>"
    assert mark_rare_characters(html, DRAWN) == html


@pytest.mark.parametrize(
    "figure",
    [
        "2026年", "11月26日", "2027年3月31日", "1.8亿元", "486,300万元", "1.8 亿元", "180,000,000 元",
        "3:00", "3.2%", "21次",
    ],
)  # fmt: skip
def test_a_figure_is_kept_with_its_unit(figure: str) -> None:
    assert f'<span class="fig">{figure}</span>' in keep_figures_whole(f"国{figure}，")


def test_escaping_comes_first() -> None:
    assert keep_figures_whole('<b>&"') == '&lt;b&gt;&amp;"'


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("一、审议事项", "<h2>一、审议事项</h2>"),
        ("（一）总体要求", "<h3>（一）总体要求</h3>"),
        ("会议认为。", "<p>会议认为。</p>"),
        ("（一）同意设立。", "<p>（一）同意设立。</p>"),
        ("（一）总体要求。坚持民主。", '<p><span class="kai">（一）总体要求。</span>坚持民主。</p>'),
        ("一、总体要求。坚持民主。", '<p><span class="hei">一、总体要求。</span>坚持民主。</p>'),
        ("1．同意。坚持。", "<p>1．同意。坚持。</p>"),
        ("（二）" + "国" * 30 + "。坚持。", "<p>（二）" + "国" * 30 + "。坚持。</p>"),
    ],
)
def test_a_paragraph_is_set_by_the_level_it_begins_with(line: str, html: str) -> None:
    assert filters.paragraphs([line]) == html


def test_lines_of_one_text_are_paragraphs_and_empty_ones_are_dropped() -> None:
    assert filters.paragraphs(["甲\n\n　乙 ", ""]) == "<p>甲</p>\n<p>乙</p>"


def test_names_of_two_characters_are_spread() -> None:
    assert filters.name("唐砺") == '<span class="spread">唐</span>砺'
    assert filters.name("闻人澈") == "闻人澈"
    assert filters.name("<b>") == "<b>"  # escaped where it is put into the page
    assert filters.names(["<b>"]) == '<span class="name">&lt;b&gt;</span>'


def test_lists_break_between_members_only() -> None:
    assert filters.listed(["发改局", "财政局"]) == '<span class="fig">发改局、</span><span class="fig">财政局</span>'
    assert "fig" not in filters.listed(["云川经济开发区管理委员会办公室"])


def test_days_are_written_without_padding() -> None:
    assert filters.day(date(2026, 1, 6)) == "2026年1月6日"
    assert filters.day(None) == ""
