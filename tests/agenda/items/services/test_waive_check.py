"""不适用: only where the rule allows it, with a reason, by 区委办主任, for one version."""

import pytest

from agenda.items.lines import Mark
from agenda.items.models import Item
from agenda.items.services.revise_item import revise_item
from agenda.items.services.waive_check import waive_check
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District

REASON = "不涉及专业技术问题"


@pytest.mark.parametrize("kind", ["expert", "risk"])
def test_the_director_says_that_a_check_does_not_apply(district: District, kind: str) -> None:
    item = stories.accepted_item(district)
    for other in stories.PASSES.keys() - {kind}:
        stories.conclude(district, item, other)
    waive_check(actor=district.director, item=item, kind=kind, digest=item.version.digest, reason=REASON)
    item = Item.objects.get(pk=item.pk)
    check = standing_of(item).check(kind)
    assert check is not None
    assert (item.state, check.mark, check.note) == (ItemState.SIGNING, Mark.WAIVED, f"不适用：{REASON}")


def test_a_waived_check_is_no_hindrance_to_clearance(district: District) -> None:
    item = stories.accepted_item(district)
    waive_check(actor=district.director, item=item, kind="expert", digest=item.version.digest, reason=REASON)
    for kind in stories.PASSES.keys() - {"expert"}:
        stories.conclude(district, item, kind)
    assert stories.sign_on(district, item).state == ItemState.READY


@pytest.mark.parametrize("kind", ["research", "legal", "plan"])
def test_what_is_required_cannot_be_waived(district: District, kind: str) -> None:
    item = stories.accepted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="是必经程序，不能免除。依据：") as told:
        waive_check(actor=district.director, item=item, kind=kind, digest=item.version.digest, reason=REASON)
    assert not isinstance(told.value, NotAllowed)


def test_nobody_else_waives(district: District) -> None:
    item = stories.accepted_item(district)
    for who in ("office", "liaison", "head", "secretary", "lawyer", "leader"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由区委办主任审定"):
            waive_check(
                actor=getattr(district, who), item=item, kind="expert", digest=item.version.digest, reason=REASON
            )


def test_a_waiver_says_why(district: District) -> None:
    item = stories.accepted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="不适用须写明理由"):
        waive_check(actor=district.director, item=item, kind="expert", digest=item.version.digest, reason=" ")


def test_a_conclusion_is_not_waived_away(district: District) -> None:
    item = stories.accepted_item(district)
    stories.conclude(district, item, "risk", "high", summary="风险高")
    with stories.nothing_changes(item), pytest.raises(Refused, match="已有结论，不能再说不适用"):
        waive_check(actor=district.director, item=item, kind="risk", digest=item.version.digest, reason=REASON)


def test_a_waiver_holds_for_its_version_only(district: District) -> None:
    item = stories.accepted_item(district)
    waive_check(actor=district.director, item=item, kind="expert", digest=item.version.digest, reason=REASON)
    item = revise_item(actor=district.liaison, item=item, reason="改")
    check = standing_of(item).check("expert")
    assert check is not None
    assert check.mark is Mark.NOW
