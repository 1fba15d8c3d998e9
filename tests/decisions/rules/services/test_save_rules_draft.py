"""A draft of the rules of voting: one at a time, nobody's words lost, nothing in force by it."""

from common.services import Conflict
from decisions.rules.models import VotingRulesDraft, VotingRuleSet
from decisions.rules.services.adopt_rules import adopt_voting_rules
from decisions.rules.services.drop_rules_draft import drop_rules_draft
from decisions.rules.services.save_rules_draft import save_rules_draft, stamp_of
from tests.committee.refusals import not_allowed, refused, verbs
from tests.decisions.rules.services.test_adopt_rules import DAY
from tests.support.cast import District


def test_the_office_saves_again_what_it_saw(district: District) -> None:
    first = save_rules_draft(actor=district.office, content={"source": "一稿"}, seen="")
    again = save_rules_draft(actor=district.office, content={"source": "二稿"}, seen=stamp_of(first))
    assert (again.pk, again.content) == (first.pk, {"source": "二稿"})
    assert again.based_on == VotingRuleSet.objects.get()
    assert verbs(again) == ["save_rules_draft", "save_rules_draft"]


def test_who_has_not_seen_the_newest_words_does_not_write_over_them(district: District) -> None:
    save_rules_draft(actor=district.office, content={"source": "一稿"}, seen="")
    with refused("周予安于11月16日", kind=Conflict):
        save_rules_draft(actor=district.office, content={"source": "二稿"}, seen="")
    assert VotingRulesDraft.objects.get().content == {"source": "一稿"}


def test_a_draft_that_was_adopted_meanwhile_is_not_written_anew(district: District) -> None:
    seen = stamp_of(save_rules_draft(actor=district.office, content={"source": "一稿"}, seen=""))
    adopt_voting_rules(actor=district.office, valid_from=DAY, source="区委全委会修订")
    with refused("草稿刚刚由他人施行或者放弃", kind=Conflict):
        save_rules_draft(actor=district.office, content={"source": "二稿"}, seen=seen)
    assert not VotingRulesDraft.objects.exists()


def test_only_the_office_drafts_and_gives_up_a_draft(district: District) -> None:
    for actor in (district.secretary, district.leader, district.head):
        with not_allowed():
            save_rules_draft(actor=actor, content={}, seen="")
    draft = save_rules_draft(actor=district.office, content={"source": "一稿"}, seen="")
    with not_allowed():
        drop_rules_draft(actor=district.secretary)
    with refused("草稿过长"):
        save_rules_draft(actor=district.office, content={"source": "字" * 100_001}, seen=stamp_of(draft))
    assert VotingRulesDraft.objects.get().content == {"source": "一稿"}
    drop_rules_draft(actor=district.office)
    with refused("没有表决规则的草稿"):
        drop_rules_draft(actor=district.office)
    assert not VotingRulesDraft.objects.exists()
