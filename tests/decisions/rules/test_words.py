"""What a new version says otherwise is told thing by thing; which line holds follows what the items are about."""

from dataclasses import replace

import pytest

from agenda.rules.models import Nature
from decisions.rules.counting import line_for, opening_line
from decisions.rules.defaults import DEFAULTS, MAJOR_BY_NAME
from decisions.rules.models import VotingRule
from decisions.rules.spec import columns_of, spec_of
from decisions.rules.words import LineShown, changes

ORDINARY, CADRE, POSTS, ELECTION = (VotingRule(**columns_of(line)) for line in (*DEFAULTS[:2], *DEFAULTS[3:5]))
MAJOR = VotingRule(**columns_of(MAJOR_BY_NAME))


@pytest.mark.parametrize("line", [*DEFAULTS, MAJOR_BY_NAME], ids=lambda line: line.name)
def test_a_line_comes_back_from_its_table_as_it_went_in(line) -> None:
    assert spec_of(VotingRule(**columns_of(line))) == line


@pytest.mark.parametrize(
    ("rules", "natures", "expected"),
    [
        ((ORDINARY, CADRE), [Nature.OTHER], ORDINARY),
        ((ORDINARY, CADRE), [Nature.MAJOR], ORDINARY),
        ((ORDINARY, MAJOR, CADRE), [Nature.MAJOR], MAJOR),
        ((ORDINARY, MAJOR, CADRE), [Nature.OTHER, Nature.MAJOR], MAJOR),
        ((ORDINARY, MAJOR, CADRE), [Nature.OTHER], ORDINARY),
        ((ORDINARY, CADRE), [Nature.CADRE, Nature.OTHER], CADRE),
        ((ORDINARY,), [Nature.CADRE], None),
        ((ORDINARY, POSTS, ELECTION), [Nature.ELECTION], ELECTION),
        ((ORDINARY, POSTS), [Nature.ELECTION], None),
        ((ORDINARY,), [None], ORDINARY),
        ((), [Nature.OTHER], None),
    ],
)
def test_the_strictest_line_of_joined_items_holds(rules, natures, expected) -> None:
    """On people nothing falls back to a milder line: a body without one does not vote on them."""
    assert line_for(rules, natures) is expected


@pytest.mark.parametrize(("rules", "expected"), [((CADRE, ORDINARY), ORDINARY), ((ELECTION,), ELECTION), ((), None)])
def test_a_meeting_opens_by_the_quorum_of_ordinary_matters(rules, expected) -> None:
    assert opening_line(rules) is expected


def test_only_what_changed_is_told() -> None:
    old = [DEFAULTS[0], DEFAULTS[1]]
    new = [replace(DEFAULTS[0], base="valid", forms=("recorded",)), replace(DEFAULTS[1], readmission=None), DEFAULTS[4]]
    said = [(change.what, change.before, change.after) for change in changes(old, new)]
    assert said[:3] == [
        ("常委会一般事项：通过", "超过半数通过", "超过有效票的半数通过"),
        ("常委会一般事项：表决方式", "口头、举手、记名", "必须记名表决"),
        ("常委会干部任免：复议", "全体成员超过半数同意，方可复议，复议后重新表决", ""),
    ]
    assert said[3][:2] == ("全委会选举", "")
    assert "最多投 2 轮，再投时候选人比余额多 1 人，可以另选他人" in said[3][2]
    assert changes(old, old) == []


def test_a_majority_of_valid_votes_is_a_number_only_at_the_vote() -> None:
    assert LineShown(DEFAULTS[0], 11).majority_needed == 6
    assert LineShown(replace(DEFAULTS[0], base="valid"), 11).majority_needed == 0
