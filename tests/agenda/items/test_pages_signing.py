"""Signing in the browser: what a signer sees, 同意 and 退回, and a signature made on paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.items.models import Signature
from tests.agenda.items.pages_story import (
    HEAD,
    LEADER,
    MAYOR,
    OFFICE,
    SECRETARY,
    as_,
    at,
    fresh,
    revised,
    words,
)
from tests.support.stories import (
    accepted_item,
    conclude,
    confirm_all,
    heard_item,
    pdf,
    sign_on,
    vetted_item,
)


def test_a_signer_sees_at_a_glance_what_he_signs_and_signs_by_one_tap(district) -> None:
    item = sign_on(district, vetted_item(district), until="mayor")
    page = as_(MAYOR).get(at("item_sign", item))
    glance = words(page).split("退回修改")[0]
    for sentence in ("同意新建城东学校，总投资1.8亿元", "1.8 亿元", "风险评估：低", "林知微：同意", "闻人澈：同意"):
        assert sentence in glance
    assert "data-confirm" not in page.content.decode()
    done = as_(MAYOR).post(at("item_sign", item), {"digest": item.version.digest, "opinion": ""}, follow=True)
    assert "已签批，同意。" in words(done)
    assert item.signatures.get(signer=district.mayor.person).verdict == Signature.Verdict.APPROVE


def test_consent_is_asked_twice_only_where_a_check_left_a_risk(district) -> None:
    item = vetted_item(district)
    conclude(district, item, "risk", "middle", measures_confirmed=True)
    page = as_(HEAD).get(at("item_sign", item)).content.decode()
    assert 'data-confirm="风险评估结论为「中」。您已知悉并同意上会吗？"' in page


def test_who_returns_says_what_to_mend(district) -> None:
    item = vetted_item(district)
    sent = {"digest": item.version.digest, "return": "1"}
    refused = as_(HEAD).post(at("item_sign", item), sent | {"opinion": ""})
    assert "退回须写明理由" in words(refused)
    assert fresh(item).state == "signing"
    as_(HEAD).post(at("item_sign", item), sent | {"opinion": "请核实用地面积"})
    assert fresh(item).state == "returned"


def test_who_is_not_yet_asked_reads_why(district) -> None:
    item = accepted_item(district)
    assert "还没有转签批：调查研究、专家论证" in words(as_(SECRETARY).get(at("item_detail", item)))
    item = vetted_item(district, title="关于新建城西学校的请示")
    assert "还没有轮到您，现在等提出单位负责人林知微签批" in words(as_(SECRETARY).get(at("item_detail", item)))


def test_a_signer_of_the_first_version_sees_what_changed_since(district) -> None:
    item = sign_on(district, vetted_item(district), until="mayor")
    item = revised(district, item, amount="2亿元")
    confirm_all(district, item)
    page = as_(HEAD).get(at("item_sign", item)).content.decode()
    assert "您签过的一稿之后改了什么" in page
    assert "<del>1.8</del><ins>2</ins>" in page
    stale = as_(HEAD).post(at("item_sign", item), {"digest": item.versions.first().digest})
    assert "提交了新稿" in words(stale)
    assert f'value="{item.version.digest}"' in stale.content.decode()
    assert not item.version.signatures.exists()


def test_a_signature_on_paper_is_entered_with_its_scan(district) -> None:
    item = vetted_item(district)
    sent = {"digest": item.version.digest, "signer": district.head.person.pk, "verdict": "approve", "opinion": "同意"}
    address = at("item_paper_signature", item)
    assert "请选择扫描件文件。" in words(as_(OFFICE).post(address, sent))
    sent["signed_on"] = "2026-11-16"
    scan = SimpleUploadedFile("签批页.pdf", pdf("签批页"))
    assert "已补录林知微的纸质签批。" in words(as_(OFFICE).post(address, sent | {"scan": scan}, follow=True))
    signature = item.signatures.get()
    shown = as_(LEADER).get(at("item_scan", item, signature.pk))
    assert shown.status_code == 200
    assert shown["Content-Type"] == "application/pdf"
    assert (
        at("item_scan", item, signature.pk)
        in as_(LEADER).get(at("item_detail", item) + "?tab=history").content.decode()
    )


@pytest.mark.parametrize("name", [SECRETARY, OFFICE])
def test_nothing_is_signed_while_nothing_is_to_be_signed(district, name) -> None:
    item = heard_item(district)
    answer = as_(name).get(at("item_sign", item))
    assert answer.status_code == 409
    assert "没有待签的步骤" in words(answer)
