"""The 呈报单 as values: nothing typed is lost, amounts are read as offices write them, differences are readable."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.items.sheet import LABELS, Names, Paper, Sheet, compose, difference, parse_amount

NAMES = Names({7: "区教育和体育局", 8: "区财政局"}, {3: "闻人澈"}, {5: "重大项目"})
PAPER = Paper(1, "可研报告.pdf", "paper", "a" * 64, 3_500_000)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1.8亿元", 180_000_000),
        ("2.6亿", 260_000_000),
        ("9500万", 95_000_000),
        ("486,300万元", 4_863_000_000),
        ("１８，０００万元", 180_000_000),
        ("180000000.00", 180_000_000),
        (" 1200 万 元 ", 12_000_000),
        ("3千万", 30_000_000),
    ],
)
def test_amounts_are_read_as_offices_write_them(text: str, yuan: int) -> None:
    assert parse_amount(text) == yuan


@pytest.mark.parametrize(
    "text", ["一点八亿", "1.8", "约2亿", "-5万", "1e9", "2亿3千万", "0.001", "99999999999999999", ""]
)
def test_an_amount_that_is_not_clear_is_not_guessed(text: str) -> None:
    if text == "1.8":
        assert parse_amount(text) == Decimal("1.8")
        return
    with pytest.raises(ValueError, match=r".*"):
        parse_amount(text)


def test_a_half_typed_draft_loses_nothing() -> None:
    typed = {"title": "关于新建", "amount": "一点八", "unit": "7", "leader": "闻人", "stranger": "x", "minutes": ""}
    sheet = Sheet.from_json(typed)
    assert (sheet.title, sheet.unit, sheet.amount, sheet.leader) == ("关于新建", 7, None, None)
    assert dict(sheet.unread) == {"amount": "一点八", "leader": "闻人"}
    assert sheet.to_json()["amount"] == "一点八"
    assert Sheet.from_json(sheet.to_json()) == sheet


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(LABELS)), ANY_JSON))
def test_whatever_is_typed_can_be_read_and_read_again(typed: dict) -> None:
    sheet = Sheet.from_json(Sheet.from_json(typed).to_json())
    assert Sheet.from_json(sheet.to_json()) == sheet
    compose(sheet, NAMES, [])


def test_the_difference_names_fields_as_readers_see_them() -> None:
    before = Sheet(title="关于新建城东学校的请示", unit=7, amount=Decimal(180_000_000), leader=3)
    after = before.but(amount=Decimal(200_000_000), attendants=(8,), matters=("一、同意建设",))
    changes = difference(compose(before, NAMES, [PAPER]), compose(after, NAMES, [PAPER]))
    assert [(c.label, c.before, c.after) for c in changes] == [
        ("涉及金额", "1.8 亿元", "2 亿元"),
        ("需议决事项", "", "一、同意建设"),
        ("建议列席单位", "", "区财政局"),
    ]


def test_a_paper_changed_under_the_same_name_is_a_difference() -> None:
    sheet = Sheet(title="一")
    changed = PAPER._replace(id=2, sha256="b" * 64)
    [change] = difference(compose(sheet, NAMES, [PAPER]), compose(sheet, NAMES, [changed]))
    assert (change.field, change.label) == ("attachments", "附件")
    assert [(paper["id"], paper["name"]) for paper in (*change.gone, *change.come)] == [
        (1, "可研报告.pdf"),
        (2, "可研报告.pdf"),
    ]


def test_a_paper_that_stayed_is_no_part_of_the_difference() -> None:
    sheet, further = Sheet(title="一"), PAPER._replace(id=2, name="征地方案.pdf", sha256="c" * 64)
    [change] = difference(compose(sheet, NAMES, [PAPER]), compose(sheet, NAMES, [PAPER, further]))
    assert (change.gone, [paper["id"] for paper in change.come]) == ((), [2])


def test_equal_contents_have_no_difference() -> None:
    content = compose(Sheet(title="一", unit=7), NAMES, [PAPER])
    assert difference(content, dict(content)) == []
