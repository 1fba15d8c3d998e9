"""签批: the step whose turn it is, by the one who holds that office today, on the version he saw."""

from datetime import timedelta

import pytest

from agenda.items.lines import Mark
from agenda.items.models import Clearance, Item, Signature
from agenda.items.services.sign_item import sign_item
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from committee.roles.models import Role, RoleAssignment
from common import clock as domain_clock
from common.identity.actor import Actor
from common.identity.models import Account
from common.outbox.models import Event
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District

STEPS = ("head", "leader", "mayor", "director", "secretary")


def sign(item: Item, actor: Actor, **given: str) -> Signature:
    return sign_item(actor=actor, item=item, digest=item.version.digest, **given)


def test_the_route_is_signed_in_its_order(district: District) -> None:
    item = stories.vetted_item(district)
    for who in STEPS:
        signature = sign(item, getattr(district, who), opinion="同意上会")
        assert signature.digest == item.version.digest
    sealed = read_canonical(signature.record.payload)
    assert (sealed["signer"]["name"], sealed["digest"], sealed["opinion"]) == (
        "沈砚清",
        item.version.digest,
        "同意上会",
    )
    assert Item.objects.get(pk=item.pk).state == ItemState.READY
    assert Event.objects.filter(kind="item.signed").count() == 5
    assert Event.objects.filter(kind="item.cleared").count() == 1


def test_out_of_turn_nobody_signs(district: District) -> None:
    item = stories.vetted_item(district)
    for turn in STEPS:
        for who in {*STEPS, "office", "liaison", "outsider", "other_liaison"} - {turn}:
            with stories.nothing_changes(item), pytest.raises(NotAllowed, match="不能在这一步签批"):
                sign(item, getattr(district, who))
        sign(item, getattr(district, turn))


def test_the_refusal_says_whose_turn_it_is(district: District) -> None:
    item = stories.vetted_item(district)
    sign(item, district.head)
    with pytest.raises(NotAllowed, match="现在等分管领导闻人澈签批。您今天不担任这个职务"):
        sign(item, district.mayor)


def test_nothing_is_signed_before_the_checks(district: District) -> None:
    item = stories.accepted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match=r"没有待签的步骤.*合法性审查还没有结论") as told:
        sign(item, district.head)
    assert not isinstance(told.value, NotAllowed)


def test_a_signature_needs_the_version_that_was_seen(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="提交了新稿"):
        sign_item(actor=district.head, item=item, digest="0" * 64)


def test_returning_needs_a_reason_and_sends_the_item_back(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="退回须写明理由"):
        sign(item, district.head, verdict="return", opinion=" ")
    sign(item, district.head)
    sign(item, district.leader, verdict="return", opinion="投资测算再核")
    item = Item.objects.get(pk=item.pk)
    assert item.state == ItemState.RETURNED
    assert item.changes.last().reason == "投资测算再核"
    assert Event.objects.filter(kind="item.returned").count() == 1
    assert [line.mark for line in standing_of(item).signatures][:3] == [Mark.DONE, Mark.REFUSED, Mark.WAITING]


def test_the_backup_signs_for_the_leader_and_the_record_says_so(district: District) -> None:
    item = stories.vetted_item(district, unit="财政局", matter_kind="大额资金", presenter="曹以谦")
    stories.sign_on(district, item, until="leader_in_charge")
    signature = sign(item, district.leader, opinion="代岑以宁同志签批")
    assert (signature.signer.name, signature.for_person.name) == ("闻人澈", "岑以宁")
    assert read_canonical(signature.record.payload)["for_person"]["name"] == "岑以宁"
    assert standing_of(item).signatures[1].who == "闻人澈（代岑以宁）"


def test_a_backup_signs_no_other_office(district: District) -> None:
    """顾维桢's AB角 is 邵闻笛; 书记 has none."""
    item = stories.vetted_item(district)
    stories.sign_on(district, item, until="secretary")
    for who in (district.actor("顾维桢"), district.director):
        with stories.nothing_changes(item), pytest.raises(NotAllowed):
            sign(item, who)


def test_staff_do_not_sign_on_the_screen(district: District) -> None:
    item = stories.vetted_item(district)
    account = Account.objects.create_user("mishu", "x" * 12, label="秘书小李", home=district.committee)
    staff = Actor(district.committee, district.head.person, account, by_staff=True)
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="签批须由本人办理"):
        sign(item, staff)


def test_an_office_passes_to_its_new_holder(district: District) -> None:
    """The person who holds the office on the day signs, not the one who held it when the item was filed."""
    item = stories.vetted_item(district)
    today = domain_clock.today()
    old = RoleAssignment.objects.holders(Role.UNIT_HEAD, today).get(unit=district.unit("教体局"))
    old.valid_to = today - timedelta(days=1)
    old.save()
    RoleAssignment.objects.create(
        committee=district.committee,
        person=district.person("夏知秋"),
        role=Role.UNIT_HEAD,
        unit=district.unit("教体局"),
        valid_from=today,
        recorded_at=domain_clock.now(),
    )
    with pytest.raises(NotAllowed):
        sign(item, district.actor("林知微"))
    sign(item, district.actor("夏知秋"))


def test_a_vacant_office_is_named(district: District) -> None:
    item = stories.vetted_item(district)
    stories.sign_on(district, item, until="office_director")
    RoleAssignment.objects.filter(role=Role.OFFICE_DIRECTOR).update(valid_to=domain_clock.today() - timedelta(days=1))
    sentence = standing_of(Item.objects.get(pk=item.pk)).sentence
    assert (
        sentence == "还差 2 道签批，现在该区委办主任签批，但这个职务今天没有登记任职的人，请秘书科先在「组织」里登记。"
    )


def test_the_clearance_counts_what_stood(district: District) -> None:
    item = stories.ready_item(district)
    clearance = Clearance.objects.get(item=item)
    sealed = read_canonical(clearance.record.payload)
    assert sealed["signatures"] == [s.record_id for s in item.signatures.order_by("step__position")]
    assert [check["kind"] for check in sealed["checks"]] == ["research", "expert", "risk", "legal", "plan"]
    assert (clearance.rule_set, clearance.digest) == (item.version.rule_set, item.version.digest)


def test_an_item_that_is_conveyed_passes_its_short_route(district: District) -> None:
    item = stories.ready_item(
        district, unit="宣传部", handling="convey", matter_kind="传达贯彻上级", presenter="程望舒", leader=None
    )
    assert [s.step.office for s in item.signatures.order_by("pk")] == ["unit_head", "office_director", "secretary"]
