"""Accepting, checking and granting in the browser, and what the history says of it."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.items.gates import DETAILS, PAPERS
from agenda.items.models import Conclusion, Item
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.standing import standing_of
from common.identity.models import Person
from tests.agenda.items.pages_story import (
    DIRECTOR,
    LAWYER,
    LEADER,
    LIAISON,
    OFFICE,
    RISK,
    SECRETARY,
    as_,
    at,
    fresh,
    revised,
    revision,
    words,
)
from tests.support.meetings import planned_meeting
from tests.support.stories import (
    accept,
    accepted_item,
    conclude,
    confirm_all,
    filed_item,
    pdf,
    school_sheet,
    vetted_item,
)


def concluded(item: Item, kind: str, conclusion: str, **changes: Any) -> dict[str, Any]:
    """A check's form as a browser sends it, complete."""
    sent = {"digest": item.version.digest, "conclusion": conclusion, "summary": "属实", "done_on": "2026-11-16"}
    sent |= {f"details.{detail.key}": "已办" for detail in DETAILS[kind]}
    sent |= {f"papers.{p.key}": SimpleUploadedFile("报告.pdf", pdf(kind)) for p in PAPERS[kind] if p.required}
    return sent | changes


# 受理


def test_the_office_accepts_with_one_button(district) -> None:
    item = filed_item(district)
    assert f'action="{at("item_accept", item)}"' in as_(OFFICE).get(at("item_detail", item)).content.decode()
    done = as_(OFFICE).post(at("item_accept", item), follow=True)
    assert "已受理，现在是「会前把关」。" in words(done)
    assert "还差 5 项前置程序" in words(done)


def test_a_late_item_goes_by_the_urgent_way(district) -> None:
    planned_meeting(district, "2026-11-19 09:00")
    item = filed_item(district)
    page = as_(OFFICE).get(at("item_detail", item))
    assert "申请急件，由书记批准" in words(page)
    assert 'aria-disabled="true"' in page.content.decode()
    assert "呈报截止日是11月12日" in words(as_(OFFICE).post(at("item_accept", item), follow=True))
    assert fresh(item).state == "submitted"
    as_(LIAISON).post(at("item_ask_urgent", item), {"reason": "补助资金月底前须申报"})
    page = as_(SECRETARY).get(at("item_approve_urgent", item))
    assert "补助资金月底前须申报" in words(page)
    assert f'name="digest" value="{item.version.digest}"' in page.content.decode()
    assert as_(SECRETARY).post(at("item_approve_urgent", item)).status_code == 409
    assert not item.urgent_approvals.exists()
    as_(SECRETARY).post(at("item_approve_urgent", item), {"digest": item.version.digest})
    as_(OFFICE).post(at("item_accept", item))
    assert fresh(item).state == "vetting"


def test_there_is_nothing_to_approve_before_it_was_asked(district) -> None:
    answer = as_(SECRETARY).get(at("item_approve_urgent", filed_item(district)))
    assert answer.status_code == 409
    assert "没有待批准的急件申请" in words(answer)


# 前置程序


def test_all_that_a_file_lacks_is_said_at_once(district) -> None:
    item = accepted_item(district)
    sent = {"digest": item.version.digest, "conclusion": "feasible", "done_on": "2026-11-16"}
    answer = as_(LIAISON).post(at("item_check", item, "expert"), sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    for name in ("summary", "details.experts", "details.no_interest", "details.taken_up", "papers.opinions"):
        assert f'href="#id_{name}"' in page
    assert not item.opinions.exists()


def test_a_reviewer_concludes_with_the_papers(district) -> None:
    item = accepted_item(district)
    done = as_(LAWYER).post(at("item_check", item, "legal"), concluded(item, "legal", "lawful"), follow=True)
    assert "合法性审查的结论已记录。" in words(done)
    opinion = item.opinions.get()
    assert (opinion.conclusion, opinion.reviewer.name, opinion.documents.count()) == ("lawful", LAWYER, 1)
    opinions = words(as_(LEADER).get(at("item_detail", item) + "?tab=opinions"))
    assert "合法性审查卢正言" in opinions
    assert "报告.pdf" in opinions


def test_a_conclusion_that_stops_the_item_needs_its_opinion_only(district) -> None:
    item = accepted_item(district)
    sent = {"digest": item.version.digest, "conclusion": "high", "summary": "群众反对强烈", "done_on": "2026-11-16"}
    page = words(as_(RISK).post(at("item_check", item, "risk"), sent, follow=True))
    assert "风险评估为高风险，不能上会" in page


def test_files_chosen_in_vain_are_asked_for_again(district) -> None:
    item = accepted_item(district)
    answer = as_(LAWYER).post(at("item_check", item, "legal"), concluded(item, "legal", "lawful", summary=""))
    assert "「报告.pdf」没有存下，请重新选择" in words(answer)


def test_a_reviewer_confirms_with_the_change_before_him(district) -> None:
    item = revised(district, vetted_item(district), amount="2亿元")
    assert "确认合法性审查" in words(as_(LAWYER).get(at("item_detail", item)))
    address = at("item_confirm", item, "legal")
    page = as_(LAWYER).get(address).content.decode()
    assert "<del>1.8</del><ins>2</ins>" in page
    done = as_(LAWYER).post(address, {"digest": item.version.digest, "opinion": ""}, follow=True)
    assert "已在第2稿上确认合法性审查的结论。" in words(done)
    assert as_(LAWYER).get(address).status_code == 302, "nothing is left to confirm"


def test_what_the_page_showed_is_what_counts(district) -> None:
    """A reviewer who had the first version before him is shown the second, and may then conclude on that."""
    item = accepted_item(district)
    sent = concluded(item, "legal", "lawful")
    item = revised(district, item, amount="2亿元")
    answer = as_(LAWYER).post(at("item_check", item, "legal"), sent)
    assert "提交了新稿，现在是第2稿" in words(answer)
    assert f'value="{item.version.digest}"' in answer.content.decode()
    assert not item.opinions.exists()


def test_the_director_says_that_a_check_does_not_apply(district) -> None:
    item = accepted_item(district)
    address = at("item_waive", item, "risk")
    assert "请填写理由。" in words(as_(DIRECTOR).post(address, {"digest": item.version.digest, "reason": ""}))
    sent = {"digest": item.version.digest, "reason": "不涉及征拆"}
    assert "风险评估 · 不适用" in words(as_(DIRECTOR).post(address, sent, follow=True))
    required = {"digest": item.version.digest, "reason": "不想办"}
    assert "是必经程序，不能免除" in words(as_(DIRECTOR).post(at("item_waive", item, "legal"), required))


def test_the_history_says_what_was_concluded_and_what_nobody_did(district) -> None:
    """A conclusion confirmed on a new version reads as such, and moves that follow by themselves name nobody."""
    item = accepted_item(district)
    liaison = district.actor(LIAISON)
    for check in standing_of(item).checks:
        verdict = Conclusion.MIDDLE if check.kind == "risk" else None
        extra = {"measures_confirmed": True} if verdict else {}
        conclude(district, item, check.kind, verdict, **extra)
    assert "转签批系统自动" in words(as_(OFFICE).get(at("item_detail", item) + "?tab=history"))
    save_draft(
        actor=liaison,
        item=item,
        content=school_sheet(district, matters=["同意新建城东学校"]),
        revision=revision(item),
    )
    revise_item(actor=liaison, item=item, reason="按意见修改")
    accept(district, item)
    confirm_all(district, item)
    page = words(as_(OFFICE).get(at("item_detail", item) + "?tab=history"))
    assert "风险评估，确认结论：中风险" in page and "风险评估：中风险" in page
    assert "预案，确认结论：有预案" in page
    assert "确认中" not in page


# 授权


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def test_a_reader_is_let_in_and_out_again(district) -> None:
    item = accepted_item(district)
    finance = "曹以谦"
    assert as_(finance).get(at("item_detail", item)).status_code == 404
    sent = {"person": person(finance).pk, "until": "2026-12-01"}
    assert f"{finance}现在可以查阅了。" in words(as_(OFFICE).post(at("item_grants", item), sent, follow=True))
    assert as_(finance).get(at("item_detail", item)).status_code == 200
    assert as_(finance).get(at("item_paper", item, item.attachments.get().pk)).status_code == 200
    assert "到12月1日（周二）" in words(as_(OFFICE).get(at("item_grants", item)))
    as_(OFFICE).post(at("item_grants", item), {"end": person(finance).pk})
    assert as_(finance).get(at("item_detail", item)).status_code == 404


def test_a_grant_cannot_end_before_it_begins(district) -> None:
    item = accepted_item(district)
    answer = as_(OFFICE).post(at("item_grants", item), {"person": person("曹以谦").pk, "until": "2026-11-01"})
    assert "不能早于今天" in words(answer)
    assert not item.grants.exists()


def test_a_delegate_concludes_one_check(district) -> None:
    item = accepted_item(district)
    address = at("item_delegate", item, "legal")
    as_(LAWYER).post(address, {"person": person("韩立岑").pk, "until": "2026-12-01"})
    assert "办理合法性审查" in words(as_("韩立岑").get(at("item_detail", item)))
    assert as_("韩立岑").get(at("item_check", item, "risk")).status_code == 409
    as_("韩立岑").post(at("item_check", item, "legal"), concluded(item, "legal", "lawful"))
    assert item.opinions.get().reviewer.name == "韩立岑"
    assert item.opinions.get().done_on == date(2026, 11, 16)
