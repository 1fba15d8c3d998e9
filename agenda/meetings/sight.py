"""How much of an agenda a person sees: members the whole, those called in only their entries (rules.md §4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from agenda.items.policies import kept_from
from agenda.meetings.policies import may_run
from agenda.meetings.programme import Line, Programme
from committee.bodies.questions import Member, members_on
from committee.roles.posts import posts
from common.identity.actor import Actor


@dataclass(frozen=True)
class Sight:
    """`runs`: plans the meeting; `member`: sits in the body on its day; `whole`: sees every entry and its papers."""

    runs: bool
    member: bool
    whole: bool
    lines: list[Line]

    def paper_ids(self) -> set[int]:
        """Attachments that may be opened from this agenda."""
        return {paper.id for line in self.lines for paper in line.papers}


def sight_of(actor: Actor, programme: Programme, members: Iterable[Member] | None = None) -> Sight:
    """The office, 书记, the chair, members and standing attendants see all; others where they or their units come.

    Of an item from which one is recused nothing but its title is left, whoever one is (rules.md §2).
    """
    meeting = programme.meeting
    if members is None:
        members = members_on(meeting.body, meeting.day)
    person, held = actor.person.pk, posts(actor)
    member = any(one.person.pk == person for one in members)
    whole = may_run(actor) or held.is_secretary or meeting.chair_id == person or member
    kept = kept_from(actor, (matter.item_id for line in programme.lines for matter in line.matters))
    lines = [_without(line, kept) for line in programme.lines] if kept else programme.lines
    if whole or programme.attends_throughout(person, held.head_of):
        return Sight(may_run(actor), member, True, lines)
    called = [line for line in lines if line.calls(person, held.head_of)]
    return Sight(False, False, False, called)


def _without(line: Line, kept: Collection[int]) -> Line:
    """The line with the papers and the questions of these items taken out."""
    matters = [matter._replace(asked=(), papers=()) if matter.item_id in kept else matter for matter in line.matters]
    return replace(line, matters=matters)
