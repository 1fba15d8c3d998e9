"""A new version: signatures fall away, a check stands only when its reviewer confirms it on the new text."""

import pytest

from agenda.items.lines import Mark
from agenda.items.models import Item, ItemDraft
from agenda.items.services.confirm_opinion import confirm_opinion
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District
from tests.support.stories import confirm_all
from tests.support.time import Clock


def revised(district: District, item: Item, **changes: object) -> Item:
    """A further version of the item, filed by its liaison."""
    draft = ItemDraft.objects.get(item=item)
    content = draft.content | ({"reason": "补充了学位测算。"} | changes)
    save_draft(actor=district.liaison, item=item, content=content, revision=draft.revision)
    revise_item(actor=district.liaison, item=item, reason="按意见修改")
    return Item.objects.get(pk=item.pk)


def taken_in(district: District, item: Item) -> Item:
    """A further version, accepted by 秘书科."""
    stories.accept(district, revised(district, item))
    return Item.objects.get(pk=item.pk)


def test_a_new_version_is_confirmed_by_nobody_before_it_is_accepted(district: District) -> None:
    item = revised(district, stories.vetted_item(district))
    with stories.nothing_changes(item), pytest.raises(Refused, match="还没有受理，现在不能作前置程序结论"):
        confirm_opinion(actor=district.lawyer, item=item, kind="legal", digest=item.version.digest)


@pytest.mark.parametrize("story", [stories.filed_item, stories.vetted_item, stories.ready_item])
def test_a_new_version_begins_again_with_nothing_signed(district: District, story) -> None:
    first = story(district)
    item = revised(district, first)
    assert (item.state, item.version.no, item.number) == (ItemState.SUBMITTED, 2, first.number)
    standing = standing_of(item)
    assert not any(line.signature for line in standing.signatures)
    assert not standing.checks_passed


def test_a_changed_attachment_alone_voids_the_signatures(district: District) -> None:
    item = stories.ready_item(district)
    stories.replace_paper(district, item, "政府常务会议纪要（更正）.pdf")
    item = revise_item(actor=district.liaison, item=item, reason="更正附件")
    assert item.state == ItemState.SUBMITTED
    assert item.signatures.filter(version=item.version).count() == 0
    assert item.signatures.count() == 5


def test_without_confirmation_the_new_version_does_not_pass(district: District) -> None:
    item = revised(district, stories.vetted_item(district))
    stories.accept(district, item)
    checks = standing_of(Item.objects.get(pk=item.pk)).checks
    assert {check.mark for check in checks} == {Mark.STALE}
    assert checks[3].sentence == (
        "合法性审查的结论「合法」是对第1稿作出的，请卢正言（合法性审查人）在第2稿上对照改动确认，或者重新作出结论。"
    )
    assert Item.objects.get(pk=item.pk).state == ItemState.VETTING


def test_confirmed_by_every_reviewer_it_goes_on(district: District) -> None:
    item = revised(district, stories.vetted_item(district))
    stories.accept(district, item)
    confirm_all(district, item)
    assert Item.objects.get(pk=item.pk).state == ItemState.SIGNING
    stories.sign_on(district, item)
    assert Item.objects.get(pk=item.pk).state == ItemState.READY


def test_a_confirmation_keeps_conclusion_papers_and_last_day(district: District, clock: Clock) -> None:
    item = stories.vetted_item(district)
    clock.forward(days=10)
    item = taken_in(district, item)
    earlier = item.opinions.get(kind="legal")
    later = confirm_opinion(actor=district.lawyer, item=item, kind="legal", digest=item.version.digest)
    assert (later.confirms, later.conclusion, later.valid_until) == (earlier, "lawful", earlier.valid_until)
    assert [d.file for d in later.documents.all()] == [d.file for d in earlier.documents.all()]


@pytest.mark.parametrize(
    ("kind", "conditional", "fulfilled"),
    [("legal", "lawful_if_changed", "lawful"), ("expert", "feasible_if_changed", "feasible")],
)
def test_a_conditional_conclusion_is_fulfilled_on_the_changed_version(
    district: District, kind: str, conditional: str, fulfilled: str
) -> None:
    item = stories.accepted_item(district)
    stories.conclude(district, item, kind, conditional)
    reviewer = stories.reviewer_of(district, item, kind)
    with stories.nothing_changes(item), pytest.raises(Refused, match="没有待确认的原结论"):
        confirm_opinion(actor=reviewer, item=item, kind=kind, digest=item.version.digest)
    item = taken_in(district, item)
    later = confirm_opinion(actor=reviewer, item=item, kind=kind, digest=item.version.digest)
    assert later.conclusion == fulfilled


@pytest.mark.parametrize(("kind", "conclusion"), [("risk", "high"), ("legal", "unlawful"), ("expert", "infeasible")])
def test_a_conclusion_that_stops_an_item_is_not_confirmed_away(district: District, kind: str, conclusion: str) -> None:
    item = stories.accepted_item(district)
    stories.conclude(district, item, kind, conclusion)
    reviewer = stories.reviewer_of(district, item, kind)
    item = taken_in(district, item)
    with stories.nothing_changes(item), pytest.raises(Refused, match="不能沿用。请对这一稿重新作出结论"):
        confirm_opinion(actor=reviewer, item=item, kind=kind, digest=item.version.digest)


def test_nobody_confirms_anothers_conclusion(district: District) -> None:
    item = revised(district, stories.vetted_item(district))
    for who in (district.liaison, district.office, district.director, district.risk_reviewer):
        with stories.nothing_changes(item), pytest.raises(NotAllowed):
            confirm_opinion(actor=who, item=item, kind="legal", digest=item.version.digest)


def test_a_confirmation_given_on_the_old_page_is_refused(district: District) -> None:
    item = taken_in(district, stories.vetted_item(district))
    first = item.versions.get(no=1)
    with stories.nothing_changes(item), pytest.raises(Refused, match="提交了新稿，现在是第2稿"):
        confirm_opinion(actor=district.lawyer, item=item, kind="legal", digest=first.digest)


def test_an_expired_conclusion_is_made_anew(district: District, clock: Clock) -> None:
    item = stories.vetted_item(district)
    clock.set("2027-11-17 09:00")
    check = standing_of(Item.objects.get(pk=item.pk)).check("legal")
    assert check is not None
    assert check.mark is Mark.STALE
    assert "已于11月16日（周二）过期" in check.sentence
    item = taken_in(district, item)
    with stories.nothing_changes(item), pytest.raises(Refused, match="已经过期，不能沿用"):
        confirm_opinion(actor=district.lawyer, item=item, kind="legal", digest=item.version.digest)


def test_a_new_version_says_why(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="须写明改了什么"):
        revise_item(actor=district.liaison, item=item, reason=" ")


def test_only_the_unit_files_a_new_version(district: District) -> None:
    item = stories.vetted_item(district)
    for who in ("office", "leader", "secretary", "other_liaison", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed):
            revise_item(actor=getattr(district, who), item=item, reason="改")


def test_what_differs_between_two_versions_is_readable(district: District) -> None:
    from agenda.items.sheet import difference

    item = revised(district, stories.filed_item(district), amount="2亿元")
    first, second = item.versions.all()
    assert [(c.label, c.before, c.after) for c in difference(first.content, second.content)] == [
        ("涉及金额", "1.8 亿元", "2 亿元"),
        ("事由", first.content["words"]["reason"], "补充了学位测算。"),
    ]
