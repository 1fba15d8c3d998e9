"""One line of an item's standing: a check or a signature, how far it is, and in a sentence what is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agenda.items.deadlines import legal_review_haste, legal_review_time
from agenda.items.gates import FULFILLED_BY_CHANGE, PASSING, why_not_passed
from agenda.items.models import CheckOpinion, CheckWaiver, ItemVersion, Signature
from agenda.items.offices import Offices
from agenda.rules.models import CheckKind, CheckRule, SignStep
from committee.roles.models import Role
from common.identity.models import Person
from common.web.formats import cn_date, local_day


class Mark(StrEnum):
    """How far a check or a signature is."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    REFUSED = "refused"
    WAIVED = "waived"
    STALE = "stale"


@dataclass(frozen=True)
class CheckLine:
    """One check. `opinion` is the one on the current version; `earlier` awaits confirmation on this version."""

    rule: CheckRule
    mark: Mark
    version: ItemVersion
    offices: Offices
    opinion: CheckOpinion | None = None
    waiver: CheckWaiver | None = None
    earlier: CheckOpinion | None = None

    @property
    def kind(self) -> str:
        return self.rule.check_kind

    @property
    def label(self) -> str:
        return self.rule.get_check_kind_display()

    @property
    def passed(self) -> bool:
        return self.mark in (Mark.DONE, Mark.WAIVED)

    @property
    def holders(self) -> tuple[Person, ...]:
        """Who may conclude it on the day."""
        return self.offices.reviewers(self.rule.reviewer)

    @property
    def who(self) -> str:
        """Who concluded or waived it on this version; else who is to."""
        if self.waiver:
            return self.waiver.granted_by.name
        return self.opinion.reviewer.name if self.opinion else self._holders_words

    @property
    def when(self) -> date | None:
        shown = self.opinion or self.earlier
        return shown.done_on if shown else local_day(self.waiver.recorded_at) if self.waiver else None

    @property
    def confirmable(self) -> bool:
        """An earlier conclusion that its reviewer may carry over to this version."""
        return self.earlier is not None and self.earlier.conclusion in PASSING | FULFILLED_BY_CHANGE.keys()

    @property
    def sentence(self) -> str:
        """What is missing and who has it; empty where nothing is."""
        if self.passed:
            return ""
        if self.opinion and self.mark is Mark.REFUSED:
            return why_not_passed(self.opinion.conclusion, self.opinion.measures_confirmed)
        if self.opinion:
            ended = cn_date(self.opinion.valid_until, self.offices.day)
            return f"{self.label}的结论已于{ended}过期，请{self._holders_words}重新作出结论。"
        if self.earlier:
            said = f"{self.label}的结论「{self.earlier.get_conclusion_display()}」是对{self.earlier.version}作出的"
            todo = "对照改动确认，或者重新作出结论" if self.confirmable else "重新作出结论"
            return f"{said}，请{self._holders_words}在{self.version}上{todo}。"
        return f"{self.label}还没有结论，请{self._holders_words}办理。"

    @property
    def note(self) -> str:
        """What a reader should know besides."""
        if self.waiver:
            return f"不适用：{self.waiver.reason}"
        if self.kind != CheckKind.LEGAL:
            return ""
        return legal_review_haste(self.opinion, self.version) if self.opinion else self.time_words

    @property
    def time_words(self) -> str:
        """From which day on an open legal review has had its time; earlier is shown, not refused (rules.md §3)."""
        open_legal = self.kind == CheckKind.LEGAL and self.mark is Mark.NOW
        if not open_legal:
            return ""
        return legal_review_time(self.version.rule_set, local_day(self.version.submitted_at), self.offices.day)

    @property
    def _holders_words(self) -> str:
        """卢正言（合法性审查人）; the role alone where nobody holds it."""
        role = Role(self.rule.reviewer).label
        names = "、".join(person.name for person in self.holders)
        return f"{names}（{role}）" if names else f"{role}（空缺，请秘书科登记）"


@dataclass(frozen=True)
class SignLine:
    """One step of the route."""

    step: SignStep
    mark: Mark
    offices: Offices
    signature: Signature | None = None
    since: datetime | None = None

    @property
    def label(self) -> str:
        return self.step.label

    @property
    def person(self) -> Person | None:
        """Who holds the office on the day."""
        return self.offices.signer(self.step)

    @property
    def backup(self) -> Person | None:
        """The AB角 of a leader who could sign himself."""
        return self.offices.backup_for(self.step)

    @property
    def replaced(self) -> Person | None:
        """The leader who is 停职, so that `person` signs in his place."""
        return self.offices.replaced(self.step)

    @property
    def needs_consent(self) -> bool:
        """`person` is 书记, who consents in the leader's place and writes his opinion."""
        return self.offices.needs_consent(self.step)

    def principal_of(self, signer: Person) -> Person | None:
        """For whom this person signs; None where for himself."""
        holder = self.replaced or self.person
        return None if signer == holder else holder

    @property
    def who(self) -> str:
        """Who signed — for whom — or whose turn it is."""
        if self.signature:
            return _named(self.signature.signer, self.signature.for_person)
        return _named(self.person, self.replaced) if self.person else "空缺"

    @property
    def sentence(self) -> str:
        """Whose turn it is; empty where it is not this step's."""
        if self.mark is not Mark.NOW:
            return ""
        if self.replaced:
            return self._replaced_sentence
        if self.person is None:
            return f"现在该{self.label}签批，但这个职务今天没有登记任职的人，请秘书科先在「组织」里登记。"
        backup = f"（外出时由AB角{self.backup.name}代签）" if self.backup else ""
        return f"现在等{self.label}{self.person.name}签批{backup}。"

    @property
    def _replaced_sentence(self) -> str:
        """Why the leader does not sign, and who does."""
        leader = f"{self.label}{_named(self.replaced)}{self.offices.leader_state}"
        if self.person is None:
            return f"{leader}，没有可以代签的AB角，书记今天也没有在任的人，请秘书科先在「组织」里登记。"
        if self.needs_consent:
            return f"{leader}，没有可以代签的AB角，现在等书记{self.person.name}同意并写明意见。"
        return f"{leader}，由AB角代签，现在等{self.person.name}签批。"


def _named(person: Person | None, principal: Person | None = None) -> str:
    """闻人澈（代岑以宁）."""
    return "".join((person.name if person else "", f"（代{principal.name}）" if principal else ""))
