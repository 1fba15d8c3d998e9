"""The pages of a secret ballot as a client without scripts gets them: whom they turn away, what they never show."""

import logging
from io import BytesIO

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from common.documents.models import RenderedDocument
from common.documents.services.make_document import make_next
from common.files.store import read_file
from decisions.ballots.models import Ballot, BallotEnvelope
from tests.architecture.traces import changed, traces
from tests.decisions.ballots_story import (
    CHIEF,
    FIRST,
    SECOND,
    cadre_entry,
    cast_all,
    confirmed,
    counted,
    device_ballot,
    drafted,
    fresh,
    message,
    paper_ballot,
    with_officers,
)
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District


def post(district: District, name: str, ballot: Ballot, page: str, **data: str) -> HttpResponse:
    return district.client(name).post(f"/ballots/{ballot.pk}/{page}/", data)


def sealed(district: District, ballot: Ballot, name: str, *marks: int) -> str:
    return message(ballot, district.person(name), marks).hex()


def test_the_voters_page_is_kept_nowhere_and_its_marks_have_no_names(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    answer = district.client("沈砚清").get(f"/ballots/{ballot.pk}/vote/")
    assert "no-store" in answer["Cache-Control"]
    shown = answer.content.decode()
    assert shown.count('type="radio"') == 9
    assert not [line for line in shown.split("<input")[1:] if 'type="radio"' in line and " name=" in line.split(">")[0]]


def test_every_answer_to_a_cast_is_of_one_length_and_says_nothing_of_it(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    answers = []
    for name, marks in zip(MEMBERS[:4], ((1, 1, 1), (2, 3, 2), (0, 0, 0), (9, 9, 9)), strict=True):
        client = district.client(name)
        first = client.post(f"/ballots/{ballot.pk}/vote/", {"sealed": sealed(district, ballot, name, *marks)})
        assert first.status_code == 302
        answers.append((len(first.content), client.get(first["Location"]).content))
    assert len(set(answers)) == 1
    assert "已投票" in answers[0][1].decode()


def test_a_second_cast_and_an_empty_one_are_refused_and_change_nothing(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    first, second = (sealed(district, ballot, "沈砚清", *marks) for marks in ((1, 1, 1), (2, 2, 2)))
    assert post(district, "沈砚清", ballot, "vote", sealed=first).status_code == 302
    clients = {name: district.client(name) for name in ("沈砚清", "陆景和")}
    before = traces()
    for name, given in (("沈砚清", second), ("陆景和", ""), ("陆景和", "没有密封")):
        answer = clients[name].post(f"/ballots/{ballot.pk}/vote/", {"sealed": given})
        assert answer.status_code == 409
        assert "没有投出" in answer.content.decode()
    assert changed(before) == set()


def test_nothing_of_a_casts_body_is_logged(district: District, caplog: pytest.LogCaptureFixture) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    body = sealed(district, ballot, "沈砚清", 1, 2, 3)
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            post(district, "沈砚清", ballot, "vote", sealed=body)
    assert body not in caplog.text
    assert body[:24] not in caplog.text


def test_who_has_no_part_in_a_ballot_finds_nothing_and_a_voter_only_his_own_page(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    assert district.client("林知微").get(f"/ballots/{ballot.pk}/").status_code == 404
    voter = district.client("苏文珩")
    assert voter.get(f"/ballots/{ballot.pk}/")["Location"] == f"/ballots/{ballot.pk}/vote/"
    for page in ("turnout", "code", "count", "close", "void"):
        assert voter.get(f"/ballots/{ballot.pk}/{page}/").status_code == 404, page


def test_a_code_is_shown_once_and_only_to_a_scrutineer(district: District) -> None:
    ballot = confirmed(district, with_officers(district, drafted(district, cadre_entry(district))))
    client = district.client(FIRST)
    answer = client.post(f"/ballots/{ballot.pk}/code/")
    assert "shown-once" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert "shown-once" not in client.get(f"/ballots/{ballot.pk}/code/").content.decode()
    assert district.client("周予安").post(f"/ballots/{ballot.pk}/code/").status_code == 409


def test_a_code_that_was_wrong_is_not_shown_again(district: District) -> None:
    entry = cadre_entry(district)
    ballot, codes = device_ballot(district, entry)
    cast_all(district, ballot, [(name, (1, 1, 1)) for name in MEMBERS])
    first, second = (ballot.officers.get(person__name=name).pk for name in (FIRST, SECOND))
    typed = {f"code-{first}": codes[FIRST], f"code-{second}": "1234 5678 9012 3456"}
    answer = post(district, FIRST, ballot, "count", **typed)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert codes[FIRST] not in shown and "1234 5678 9012 3456" not in shown
    assert BallotEnvelope.objects.count() == len(MEMBERS)


def test_the_turnout_tells_when_to_look_again(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    clerk = district.client("周予安")
    open_ = clerk.get(f"/ballots/{ballot.pk}/turnout/")
    assert "HX-Refresh" not in open_ and ">0<" in open_.content.decode()
    cast_all(district, ballot, [(name, (1, 1, 1)) for name in MEMBERS])
    assert clerk.get(f"/ballots/{ballot.pk}/turnout/")["HX-Refresh"] == "true"


def test_the_chair_and_the_chief_close_early_from_their_pages(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    for name in ("沈砚清", CHIEF):
        assert post(district, name, ballot, "close", reason="一人突发疾病离席").status_code == 302
    assert fresh(ballot).state == "closed"


def test_the_clerk_drafts_with_recusals_by_name_and_is_told_of_a_name_nobody_has(district: District) -> None:
    entry = cadre_entry(district)
    path = f"/entries/{entry.pk}/ballots/new/"
    clerk = district.client("周予安")
    asked = [question.pk for question in entry.questions.filter(dropped_at__isnull=True)]
    given = {"questions": asked, "way": "device", f"recused-{asked[0]}": "岑以宁、查无此人"}
    assert "没有查无此人" in clerk.post(path, given).content.decode()
    assert not Ballot.objects.exists()
    clerk.post(path, given | {f"recused-{asked[0]}": "岑以宁"})
    [slot] = Ballot.objects.get().slots.filter(recusals__person__name="岑以宁")
    assert slot.question_id == asked[0]


def test_the_paper_ballots_are_alike_and_the_report_says_what_came_out(district: District) -> None:
    entry = cadre_entry(district)
    ballot = paper_ballot(district, entry)
    sheets = printed(district, f"/ballots/{ballot.pk}/paper/")
    texts = ["".join(page.extract_text().split()) for page in sheets.pages]
    assert len(texts) == len(MEMBERS)
    assert len({text.split("第")[0] for text in texts}) == 1
    assert "拟任甲" in texts[0] and "缓议" in texts[0]


def test_the_report_of_a_device_ballot_names_figures_scrutineers_and_chain(district: District) -> None:
    ballot, codes = device_ballot(district, cadre_entry(district))
    counted(district, cast_all(district, ballot, [(name, (1, 2, 3)) for name in MEMBERS]), codes)
    text = "".join(
        "".join(page.extract_text().split()) for page in printed(district, f"/ballots/{ballot.pk}/report/").pages
    )
    for words in ("票决结果报告单", "拟任甲", CHIEF, FIRST, "存证链", fresh(ballot).tally.record.digest):
        assert words in text, words


def printed(district: District, path: str) -> PdfReader:
    assert district.client("周予安").get(path).status_code == 202
    asked = RenderedDocument.objects.latest("pk")
    make_next(asked.pk - 1)
    file = RenderedDocument.objects.get(pk=asked.pk).file
    assert file is not None
    return PdfReader(BytesIO(read_file(file)))
