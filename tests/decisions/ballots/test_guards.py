"""Past the services: whoever holds the program's login, the database refuses what a ballot does not allow."""

import pytest
from django.db import DatabaseError, connection, transaction

from decisions.ballots.models import Ballot
from tests.decisions.ballots_story import (
    cadre_entry,
    cast,
    cast_all,
    counted,
    device_ballot,
    questions_of,
    ready_ballot,
)
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District

YES = (1, 1, 1)


def refuses(statement: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


ENVELOPE = (
    "INSERT INTO decisions_ballotenvelope (committee_id, ballot_id, sealed, mac)"
    " SELECT committee_id, id, 'x', 'x' FROM decisions_ballot"
)


def test_an_envelope_comes_with_a_mark_in_the_register_and_stays_as_it_came(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    cast(district, ballot, "陆景和", *YES)
    refuses(ENVELOPE, "没有登记投票的选票不能收下")
    refuses("UPDATE decisions_ballotenvelope SET sealed = 'y'", "permission denied|不能修改")
    refuses("TRUNCATE decisions_ballotenvelope", "permission denied")
    for table in ("ballotenvelope", "ballotwrap"):
        refuses(f"DELETE FROM decisions_{table}", "只随计票或作废销毁")


def test_the_register_is_frozen_but_for_one_mark_a_voter(district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    cast(district, ballot, "陆景和", *YES)
    own = f"person_id = {district.mayor.person.pk}"
    for change in (
        f'"cast" = false WHERE {own}',
        f'"cast" = true WHERE {own}',
        f"eligible = false WHERE NOT {own}",
        f"person_id = {district.outsider.person.pk} WHERE {own}",
    ):
        refuses(f"UPDATE decisions_ballotvoter SET {change}", "名册在发票后定格")
    refuses("DELETE FROM decisions_ballotvoter", "permission denied")
    refuses(
        'INSERT INTO decisions_ballotvoter (committee_id, ballot_id, person_id, eligible, "cast")'
        f" SELECT committee_id, id, {district.outsider.person.pk}, true, false FROM decisions_ballot",
        "名册在发票时",
    )


def test_no_state_is_reached_without_what_it_rests_on(district: District) -> None:
    ballot = ready_ballot(district, cadre_entry(district))
    refuses("UPDATE decisions_ballot SET state = 'issued'", "须两人确认、名册定格")
    refuses("UPDATE decisions_ballot SET state = 'counted'", "不能从状态 confirmed 到 counted|各项都有结果")
    refuses("UPDATE decisions_ballot SET places = 1", "票决的内容在拟定时定格")
    refuses("UPDATE decisions_ballotslot SET position = position + 10", "票面在拟定时定格")
    refuses("DELETE FROM decisions_ballotofficer", "确认以后不能再改")
    refuses(
        "INSERT INTO decisions_ballotact (committee_id, ballot_id, step, person_id, reason, entered_by_id, at)"
        f" SELECT committee_id, id, 'close', {district.mayor.person.pk}, '', {district.mayor.person.pk}, created_at"
        " FROM decisions_ballot",
        "还没有轮到",
    )
    assert Ballot.objects.get().state == ballot.state == "confirmed"


def test_a_ballot_closes_on_as_many_envelopes_as_votes(district: District) -> None:
    ballot, written = device_ballot(district, cadre_entry(district))
    cast_all(district, ballot, [(name, YES) for name in MEMBERS[:10]])
    empty = "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"
    refuses(f"UPDATE decisions_ballot SET state = 'closed', closed_digest = {empty}", "选票与名册不符")
    every = "(SELECT string_agg(e.sealed, ''::bytea ORDER BY e.sealed) FROM decisions_ballotenvelope e)"
    digest = f"encode(sha256({every}), 'hex')"
    refuses(f"UPDATE decisions_ballot SET state = 'closed', closed_digest = {digest}", "提前截止须主持人和总监票人")
    cast(district, ballot, MEMBERS[10], *YES)
    refuses("UPDATE decisions_ballot SET state = 'issued'", "不能从状态 closed 到 issued")
    refuses("UPDATE decisions_ballot SET state = 'counted'", "各项都有结果才能")
    refuses(
        "INSERT INTO decisions_ballotcount (committee_id, ballot_id, issued, received, valid, invalid, record_id, at)"
        " SELECT committee_id, id, 11, 10, 10, 0, (SELECT max(id) FROM common_chainrecord), created_at"
        " FROM decisions_ballot",
        "收回的选票与名册不符",
    )
    assert counted(district, Ballot.objects.get(), written).state == "counted"
    for table in ("ballotcount", "slottotal", "roundresult"):
        refuses(f"UPDATE decisions_{table} SET invalid = 1", "permission denied")


def test_a_secret_round_opens_with_a_confirmed_ballot_only(district: District) -> None:
    entry = cadre_entry(district)
    question = questions_of(entry)[0]
    refuses(
        "INSERT INTO decisions_round (committee_id, question_id, sitting_id, no, form, rule_id, due, opened_at, state)"
        f" SELECT s.committee_id, {question.pk}, s.id, 1, 'secret', r.id, 11, s.opened_at, 'open'"
        " FROM decisions_sitting s JOIN decisions_votingrule r ON r.rule_set_id = s.rule_set_id"
        " AND r.body_kind = 'standing' AND r.matter = 'cadre'",
        "只能随确认过的票决发票",
    )
