"""Who gets which page of an item; what is not one's to see is not there; the wrong role is told who does it."""

import pytest
from django.test import Client
from django.urls import reverse

from agenda.items.models import Item
from agenda.items.services.start_item import start_item
from common.tenancy.scope import committee_scope
from tests.agenda.items.pages_story import (
    AUDITOR,
    DIRECTOR,
    HEAD,
    LAWYER,
    LEADER,
    LIAISON,
    MAYOR,
    OFFICE,
    RISK,
    SECRETARY,
    STRANGERS,
    as_,
    at,
    words,
)
from tests.support.stories import accepted_item, drafted_item, filed_item, ready_item, sign_on, vetted_item

TABS = ("", "?tab=papers", "?tab=opinions", "?tab=history")
# address, who may open it while the item is in vetting, and who sees the item and may not
VETTING = (
    (("item_check", "research"), HEAD, LIAISON, "调查研究由教体局单位负责人作出结论"),
    (("item_check", "legal"), LAWYER, RISK, "合法性审查由合法性审查人作出结论"),
    (("item_waive", "risk"), DIRECTOR, OFFICE, "由区委办主任审定"),
    (("item_delegate", "legal"), LAWYER, RISK, "委托他人代审"),
    (("item_edit",), LIAISON, OFFICE, "呈报单由教体局的议题联络员或负责人填写"),
    (("item_submit",), HEAD, SECRETARY, "呈报由教体局的议题联络员或负责人办理"),
    (("item_withdraw",), LIAISON, OFFICE, "撤回由教体局的议题联络员或负责人办理"),
    (("item_send_back",), OFFICE, LAWYER, "退回由区委办秘书科或者当前签字人办理"),
    (("item_grants",), OFFICE, LEADER, "查阅授权由区委办办理"),
    (("item_ask_urgent",), LIAISON, OFFICE, "呈报由教体局"),
)


def test_a_draft_is_for_its_unit_alone(district) -> None:
    item = drafted_item(district)
    for name in (LIAISON, HEAD):
        assert as_(name).get(at("item_detail", item)).status_code == 200
        assert as_(name).get(at("item_edit", item)).status_code == 200
    for name in (OFFICE, DIRECTOR, SECRETARY, LEADER, AUDITOR, *STRANGERS):
        assert as_(name).get(at("item_detail", item)).status_code == 404
        assert as_(name).get(at("item_edit", item)).status_code == 404


@pytest.mark.parametrize("name", [LIAISON, HEAD, LEADER, MAYOR, OFFICE, DIRECTOR, SECRETARY, LAWYER, RISK, AUDITOR])
def test_all_whose_hands_it_passes_read_it_whole(district, name) -> None:
    item = accepted_item(district)
    for tab in TABS:
        assert as_(name).get(at("item_detail", item) + tab).status_code == 200


@pytest.mark.parametrize(("address", "may", "may_not", "sentence"), VETTING, ids=lambda value: str(value)[:30])
def test_the_page_of_a_verb_is_for_who_has_it_and_tells_others_who_that_is(
    district, address, may, may_not, sentence
) -> None:
    item = accepted_item(district)
    name, *more = address
    assert as_(may).get(at(name, item, *more)).status_code in (200, 302)
    refused = as_(may_not).get(at(name, item, *more))
    assert refused.status_code == 409
    assert sentence in words(refused)


def test_strangers_find_nothing_at_any_address(district) -> None:
    item = vetted_item(district)
    paper, document = item.attachments.get(), item.opinions.first().documents.first()
    names = (
        "detail",
        "pdf",
        "edit",
        "submit",
        "withdraw",
        "sign",
        "paper_signature",
        "send_back",
        "ask_urgent",
        "grants",
    )
    addresses = [at(f"item_{name}", item) for name in names]
    addresses += [at(f"item_{name}", item, "legal") for name in ("check", "confirm", "waive", "delegate")]
    addresses += [at("item_paper", item, paper.pk), at("item_document", item, document.pk)]
    for name in STRANGERS:
        browser = as_(name)
        assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


def test_an_item_of_another_committee_is_not_there(district, neighbour) -> None:
    with committee_scope(neighbour.committee.pk):
        theirs = start_item(actor=neighbour.actor("夏知秋"), unit=neighbour.unit("教体局"))
    for name in (SECRETARY, OFFICE, LIAISON):
        for address in ("item_detail", "item_edit", "item_submit", "item_withdraw"):
            assert as_(name).get(at(address, theirs)).status_code == 404
        assert as_(name).post(at("item_withdraw", theirs), {"reason": "不该能撤"}).status_code == 404


def test_what_does_not_exist_is_not_there(district) -> None:
    item = ready_item(district)
    office = as_(OFFICE)
    for end in ("?tab=nothing", "?version=7", "?version=x"):
        assert office.get(at("item_detail", item) + end).status_code == 404
    assert office.get(at("item_check", item, "nothing")).status_code == 404


def test_the_signer_alone_gets_the_page_of_a_signature(district) -> None:
    item = sign_on(district, vetted_item(district), until="mayor")
    assert as_(MAYOR).get(at("item_sign", item)).status_code == 200
    for name in (HEAD, LEADER, DIRECTOR, SECRETARY):
        refused = as_(name).post(at("item_sign", item), {"digest": item.version.digest})
        assert refused.status_code == 409
        assert "现在等区长陆景和签批" in words(refused)
    assert item.signatures.count() == 2


def test_acts_of_others_change_nothing(district) -> None:
    item = filed_item(district)
    for name, address in ((LIAISON, "item_accept"), (OFFICE, "item_approve_urgent"), (LAWYER, "item_send_back")):
        assert as_(name).post(at(address, item), {"reason": "试一试"}).status_code == 409
    assert Item.objects.get(pk=item.pk).state == "submitted"


def test_nothing_is_written_by_a_get_or_without_the_token(district) -> None:
    item = filed_item(district)
    assert as_(OFFICE).get(at("item_accept", item)).status_code == 405
    assert as_(OFFICE, enforce_csrf_checks=True).post(at("item_accept", item)).status_code == 403
    assert Item.objects.get(pk=item.pk).state == "submitted"


def test_who_is_not_signed_in_is_led_to_the_door(district) -> None:
    item = filed_item(district)
    for address in (reverse("agenda:items"), at("item_detail", item), at("item_paper", item, 1)):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/login/")
