"""The count, case by case: each line is a sentence the clerk, the screen and the minutes show."""

import pytest

from decisions.rules.tally import (
    Act,
    Base,
    Count,
    CountingRule,
    Operator,
    Room,
    Threshold,
    Wording,
    needed,
    quorum_verdict,
    unanimous_verdict,
    vote_verdict,
)

HALF = Threshold(Operator.AT_LEAST, 1, 2)
OVER_HALF = Threshold(Operator.MORE_THAN, 1, 2)
TWO_THIRDS = Threshold(Operator.AT_LEAST, 2, 3)
OVER_TWO_THIRDS = Threshold(Operator.MORE_THAN, 2, 3)
FOUR_FIFTHS = Threshold(Operator.AT_LEAST, 4, 5)
ALL = Threshold(Operator.AT_LEAST, 1, 1)
OVER_HALF_OF_PRESENT = Threshold(Operator.MORE_THAN, 1, 2, Base.ENTITLED_PRESENT)
OVER_HALF_OF_VALID = Threshold(Operator.MORE_THAN, 1, 2, Base.VALID)
TWO_THIRDS_OF_VALID = Threshold(Operator.AT_LEAST, 2, 3, Base.VALID)

ORDINARY = CountingRule(HALF, OVER_HALF)
CADRE = CountingRule(TWO_THIRDS, OVER_HALF, Wording.CADRE, "干部任免")
PLENARY = CountingRule(TWO_THIRDS, OVER_HALF)
ELECTION = CountingRule(OVER_TWO_THIRDS, OVER_HALF, matter="选举")
CONGRESS = CountingRule(OVER_HALF, OVER_HALF, matter="选举")
RECUSED_OUT = CountingRule(HALF, OVER_HALF, recusal_lowers_due=True)
CADRE_RECUSED_OUT = CountingRule(TWO_THIRDS, OVER_HALF, Wording.CADRE, "干部任免", recusal_lowers_due=True)
BY_PRESENT = CountingRule(HALF, OVER_HALF_OF_PRESENT)
BY_VALID = CountingRule(HALF, OVER_HALF_OF_VALID)
BY_TWO_THIRDS = CountingRule(HALF, TWO_THIRDS)


@pytest.mark.parametrize(
    ("threshold", "base", "least"),
    [
        (HALF, 3, 2),
        (HALF, 11, 6),
        (HALF, 12, 6),
        (HALF, 40, 20),
        (OVER_HALF, 3, 2),
        (OVER_HALF, 4, 3),
        (OVER_HALF, 11, 6),
        (OVER_HALF, 12, 7),
        (OVER_HALF, 39, 20),
        (OVER_HALF, 40, 21),
        (OVER_HALF, 1000, 501),
        (TWO_THIRDS, 3, 2),
        (TWO_THIRDS, 11, 8),
        (TWO_THIRDS, 12, 8),
        (TWO_THIRDS, 39, 26),
        (TWO_THIRDS, 40, 27),
        (TWO_THIRDS, 1000, 667),
        (OVER_TWO_THIRDS, 3, 3),
        (OVER_TWO_THIRDS, 11, 8),
        (OVER_TWO_THIRDS, 12, 9),
        (OVER_TWO_THIRDS, 39, 27),
        (OVER_TWO_THIRDS, 40, 27),
        (OVER_TWO_THIRDS, 999, 667),
        (FOUR_FIFTHS, 40, 32),
        (FOUR_FIFTHS, 11, 9),
        (ALL, 11, 11),
        (HALF, 0, 1),
        (OVER_HALF, 0, 1),
    ],
)
def test_how_many_are_needed(threshold, base, least):
    assert needed(threshold, base) == least


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        (HALF, "半数以上"),
        (OVER_HALF, "超过半数"),
        (TWO_THIRDS, "三分之二以上"),
        (OVER_TWO_THIRDS, "超过三分之二"),
        (FOUR_FIFTHS, "五分之四以上"),
        (ALL, "全体"),
        (Threshold(Operator.AT_LEAST, 2, 4), "半数以上"),
        (Threshold(Operator.MORE_THAN, 7, 12), "超过7/12"),
        (OVER_HALF_OF_PRESENT, "超过到会人数的半数"),
        (TWO_THIRDS_OF_VALID, "有效票的三分之二以上"),
    ],
)
def test_a_threshold_is_named_as_the_rule_names_it(threshold, words):
    assert threshold.words == words


@pytest.mark.parametrize(
    ("rule", "room", "act", "met", "sentence"),
    [
        (ORDINARY, Room(11, 6), Act.OPEN, True, "应到 11，实到 6，须半数以上（6）到会，可以开会。"),
        (ORDINARY, Room(11, 5), Act.OPEN, False, "应到 11，实到 5，须半数以上（6）到会，差 1 人，不能开会。"),
        (ORDINARY, Room(12, 6), Act.DELIBERATE, True, "应到 12，实到 6，须半数以上（6）到会，可以审议。"),
        (ORDINARY, Room(3, 1), Act.OPEN, False, "应到 3，实到 1，须半数以上（2）到会，差 1 人，不能开会。"),
        (CADRE, Room(11, 8), Act.VOTE, True, "应到 11，实到 8，干部任免须三分之二以上（8）到会，可以表决。"),
        (
            CADRE,
            Room(11, 7),
            Act.VOTE,
            False,
            "应到 11，实到 7，干部任免须三分之二以上（8）到会，差 1 人，不能表决。",
        ),
        (
            CADRE,
            Room(11, 0),
            Act.DELIBERATE,
            False,
            "应到 11，实到 0，干部任免须三分之二以上（8）到会，差 8 人，不能审议。",
        ),
        (PLENARY, Room(40, 27), Act.OPEN, True, "应到 40，实到 27，须三分之二以上（27）到会，可以开会。"),
        (PLENARY, Room(40, 26), Act.OPEN, False, "应到 40，实到 26，须三分之二以上（27）到会，差 1 人，不能开会。"),
        (PLENARY, Room(39, 26), Act.OPEN, True, "应到 39，实到 26，须三分之二以上（26）到会，可以开会。"),
        (
            ELECTION,
            Room(39, 26),
            Act.VOTE,
            False,
            "应到 39，实到 26，选举须超过三分之二（27）到会，差 1 人，不能表决。",
        ),
        (ELECTION, Room(39, 27), Act.VOTE, True, "应到 39，实到 27，选举须超过三分之二（27）到会，可以表决。"),
        (CONGRESS, Room(1000, 501), Act.VOTE, True, "应到 1000，实到 501，选举须超过半数（501）到会，可以表决。"),
        (
            CONGRESS,
            Room(1000, 500),
            Act.VOTE,
            False,
            "应到 1000，实到 500，选举须超过半数（501）到会，差 1 人，不能表决。",
        ),
        (
            CADRE,
            Room(11, 7, recused=1),
            Act.VOTE,
            False,
            "应到 11，回避 1（仍计入应到），实到 7，干部任免须三分之二以上（8）到会，差 1 人，不能表决。",
        ),
        (
            CADRE_RECUSED_OUT,
            Room(11, 7, recused=1),
            Act.VOTE,
            True,
            "应到 11，回避 1（不计入应到，按 10 计），实到 7，干部任免须三分之二以上（7）到会，可以表决。",
        ),
    ],
)
def test_quorum(rule, room, act, met, sentence):
    verdict = quorum_verdict(rule, room, act)
    assert (verdict.met, verdict.quorate, verdict.sentence) == (met, met, sentence)


@pytest.mark.parametrize(
    ("rule", "room", "count", "met", "sentence"),
    [
        # 常委会, 11 and 12 members
        (ORDINARY, Room(11, 11), Count(9, 1, 1), True, "应到 11，赞成 9，超过半数（6），通过。"),
        (ORDINARY, Room(11, 11), Count(6, 5), True, "应到 11，赞成 6，超过半数（6），通过。"),
        (ORDINARY, Room(11, 11), Count(5, 6), False, "应到 11，赞成 5，未超过半数（须 6），差 1 票，未通过。"),
        (ORDINARY, Room(11, 6), Count(6), True, "应到 11，赞成 6，超过半数（6），通过。"),
        (ORDINARY, Room(11, 6), Count(5, 0, 1), False, "应到 11，赞成 5，未超过半数（须 6），差 1 票，未通过。"),
        (ORDINARY, Room(11, 9), Count(5, 1, 3), False, "应到 11，赞成 5，未超过半数（须 6），差 1 票，未通过。"),
        (ORDINARY, Room(11, 9), Count(7, 1, 0, not_voted=1), True, "应到 11，赞成 7，超过半数（6），通过。"),
        (ORDINARY, Room(11, 11), Count(0, 11), False, "应到 11，赞成 0，未超过半数（须 6），差 6 票，未通过。"),
        (ORDINARY, Room(11, 11), Count(0, 0, 11), False, "应到 11，赞成 0，未超过半数（须 6），差 6 票，未通过。"),
        (ORDINARY, Room(12, 12), Count(6, 6), False, "应到 12，赞成 6，未超过半数（须 7），差 1 票，未通过。"),
        (ORDINARY, Room(12, 12), Count(7, 5), True, "应到 12，赞成 7，超过半数（7），通过。"),
        (ORDINARY, Room(12, 6), Count(6), False, "应到 12，赞成 6，未超过半数（须 7），差 1 票，未通过。"),
        (ORDINARY, Room(3, 2), Count(2), True, "应到 3，赞成 2，超过半数（2），通过。"),
        (ORDINARY, Room(3, 2), Count(1, 1), False, "应到 3，赞成 1，未超过半数（须 2），差 1 票，未通过。"),
        (ORDINARY, Room(4, 4), Count(2, 2), False, "应到 4，赞成 2，未超过半数（须 3），差 1 票，未通过。"),
        (BY_TWO_THIRDS, Room(11, 9), Count(8, 1), True, "应到 11，赞成 8，达到三分之二以上（8），通过。"),
        (
            BY_TWO_THIRDS,
            Room(11, 9),
            Count(7, 2),
            False,
            "应到 11，赞成 7，未达到三分之二以上（须 8），差 1 票，未通过。",
        ),
        # cadres: 缓议, paper ballots and slips that are void or never came back
        (CADRE, Room(11, 8), Count(6, 1, deferred=1), True, "应到 11，同意 6，超过半数（6），通过。"),
        (
            CADRE,
            Room(11, 8),
            Count(5, deferred=3),
            False,
            "应到 11，同意 5，未超过半数（须 6），差 1 票，未通过。",
        ),
        (
            CADRE,
            Room(11, 9),
            Count(5, 1, invalid=2, not_voted=1),
            False,
            "应到 11，同意 5，未超过半数（须 6），差 1 票，未通过。",
        ),
        (CADRE, Room(11, 11), Count(6, invalid=5), True, "应到 11，同意 6，超过半数（6），通过。"),
        # 全委会 and 党代会
        (PLENARY, Room(40, 38), Count(21, 17), True, "应到 40，赞成 21，超过半数（21），通过。"),
        (PLENARY, Room(40, 38), Count(20, 18), False, "应到 40，赞成 20，未超过半数（须 21），差 1 票，未通过。"),
        (PLENARY, Room(39, 26), Count(20, 0, 6), True, "应到 39，赞成 20，超过半数（20），通过。"),
        (
            CONGRESS,
            Room(1000, 960),
            Count(500, 400, 60),
            False,
            "应到 1000，赞成 500，未超过半数（须 501），差 1 票，未通过。",
        ),
        (CONGRESS, Room(1000, 501), Count(501), True, "应到 1000，赞成 501，超过半数（501），通过。"),
        # recusal stays in the base, or leaves it where the rule set says so
        (
            ORDINARY,
            Room(11, 9, recused=1),
            Count(6, 3),
            True,
            "应到 11，回避 1（仍计入应到），赞成 6，超过半数（6），通过。",
        ),
        (
            ORDINARY,
            Room(12, 10, recused=2),
            Count(6, 4),
            False,
            "应到 12，回避 2（仍计入应到），赞成 6，未超过半数（须 7），差 1 票，未通过。",
        ),
        (
            RECUSED_OUT,
            Room(12, 10, recused=2),
            Count(6, 4),
            True,
            "应到 12，回避 2（不计入应到，按 10 计），赞成 6，超过半数（6），通过。",
        ),
        (
            RECUSED_OUT,
            Room(11, 10, recused=1),
            Count(5, 5),
            False,
            "应到 11，回避 1（不计入应到，按 10 计），赞成 5，未超过半数（须 6），差 1 票，未通过。",
        ),
        # other bases a rule set may name
        (
            BY_PRESENT,
            Room(11, 8),
            Count(5, 3),
            True,
            "应到 11，到会有表决权 8，赞成 5，超过到会人数的半数（5），通过。",
        ),
        (
            BY_PRESENT,
            Room(11, 8),
            Count(4, 0, 4),
            False,
            "应到 11，到会有表决权 8，赞成 4，未超过到会人数的半数（须 5），差 1 票，未通过。",
        ),
        (
            BY_VALID,
            Room(11, 9),
            Count(4, 3, invalid=2),
            True,
            "应到 11，有效票 7，赞成 4，超过有效票的半数（4），通过。",
        ),
        (
            BY_VALID,
            Room(11, 9),
            Count(invalid=9),
            False,
            "应到 11，有效票 0，赞成 0，未超过有效票的半数（须 1），差 1 票，未通过。",
        ),
    ],
)
def test_verdict_of_a_vote(rule, room, count, met, sentence):
    verdict = vote_verdict(rule, room, count)
    assert (verdict.met, verdict.quorate, verdict.sentence) == (met, True, sentence)


def test_without_quorum_nothing_passes_and_nothing_is_rejected():
    verdict = vote_verdict(CADRE, Room(11, 7), Count(7))
    assert not verdict.met
    assert not verdict.quorate
    assert verdict.sentence == "应到 11，实到 7，干部任免须三分之二以上（8）到会，差 1 人，不能表决。"


@pytest.mark.parametrize(
    ("rule", "room", "count", "sentence"),
    [
        (ORDINARY, Room(11, 9), Count(7, 1, not_voted=1), "应到 11，赞成 7，超过半数（6），达到通过条件。"),
        (ORDINARY, Room(11, 9), Count(4, 1, not_voted=4), "应到 11，赞成 4，未超过半数（须 6），还差 2 票。"),
        (
            BY_VALID,
            Room(11, 9),
            Count(3, 1, not_voted=5),
            "应到 11，有效票至多 9，赞成 3，未超过有效票的半数（须 5），还差 2 票。",
        ),
    ],
)
def test_while_voting_goes_on_the_sentence_says_how_it_stands(rule, room, count, sentence):
    assert vote_verdict(rule, room, count, closed=False).sentence == sentence


@pytest.mark.parametrize(
    ("rule", "room", "met", "sentence"),
    [
        (ORDINARY, Room(11, 9), True, "应到 11，实到 9，口头表决一致赞成，超过半数（6），通过。"),
        (CADRE, Room(11, 8), True, "应到 11，实到 8，口头表决一致同意，超过半数（6），通过。"),
        (
            ORDINARY,
            Room(12, 6),
            False,
            "应到 12，实到 6，口头表决一致赞成，未超过半数（须 7），差 1 票，未通过。",
        ),
        (ORDINARY, Room(11, 5), False, "应到 11，实到 5，须半数以上（6）到会，差 1 人，不能表决。"),
    ],
)
def test_an_oral_vote_in_which_all_present_agree(rule, room, met, sentence):
    verdict = unanimous_verdict(rule, room)
    assert (verdict.met, verdict.sentence) == (met, sentence)


@pytest.mark.parametrize(
    ("wording", "count", "words"),
    [
        (Wording.ORDINARY, Count(9, 1, 1), "赞成 9，反对 1，弃权 1"),
        (Wording.ORDINARY, Count(9), "赞成 9，反对 0，弃权 0"),
        (Wording.CADRE, Count(6, 1, deferred=1), "同意 6，不同意 1，缓议 1"),
        (Wording.CADRE, Count(6, 1, 1, invalid=2, not_voted=1), "同意 6，不同意 1，弃权 1，缓议 0，废票 2，未表决 1"),
    ],
)
def test_a_count_in_words(wording, count, words):
    assert count.words(wording) == words


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda: Count(-1), "赞成须为不小于零的整数，现为 -1。"),
        (lambda: Count(approve=5.5), "赞成须为不小于零的整数，现为 5.5。"),
        (lambda: Count(not_voted=-2), "未表决须为不小于零的整数，现为 -2。"),
        (lambda: Room(0, 0), "应到人数为零，无从计算，请先核对本届席位。"),
        (lambda: Room(11, 12), "实到和回避共 12 人，多于应到 11 人，请核对签到和回避登记。"),
        (lambda: Room(11, 9, recused=3), "实到和回避共 12 人，多于应到 11 人，请核对签到和回避登记。"),
        (lambda: Room(11, -1), "实到人数须为不小于零的整数，现为 -1。"),
        (
            lambda: vote_verdict(ORDINARY, Room(11, 9), Count(10)),
            "各项合计 10，与到会有表决权的 9 人不符，请核对票数。",
        ),
        (
            lambda: vote_verdict(ORDINARY, Room(11, 9), Count(7, 1)),
            "各项合计 8，与到会有表决权的 9 人不符，没有表决的请记入未表决。",
        ),
        (
            lambda: quorum_verdict(RECUSED_OUT, Room(3, 0, recused=3), Act.VOTE),
            "应到 3 人全部回避，无人可以表决，请改由有权的会议决定。",
        ),
        (lambda: Threshold(Operator.AT_LEAST, 0, 2), "比例须大于零、不大于一，现为 0/2。"),
        (lambda: Threshold(Operator.AT_LEAST, 3, 2), "比例须大于零、不大于一，现为 3/2。"),
        (lambda: Threshold(Operator.MORE_THAN, 1, 1), "没有哪个数能超过全体，请改为「以上」或改小比例。"),
        (lambda: CountingRule(OVER_HALF_OF_PRESENT, OVER_HALF), "到会人数只能以应到为基数。"),
        (lambda: needed(HALF, -1), "基数须为不小于零的整数，现为 -1。"),
    ],
)
def test_impossible_numbers_are_refused_with_a_sentence(attempt, sentence):
    with pytest.raises(ValueError) as refusal:
        attempt()
    assert str(refusal.value) == sentence
