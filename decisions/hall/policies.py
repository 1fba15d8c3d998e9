"""Who keeps the hall: signs in, opens, records, closes. Members' own devices and the screen come with issue 3."""

from agenda.items.models import ItemRecusal
from agenda.meetings.models import AgendaEntry
from committee.roles.posts import own_persons, posts
from common.identity.actor import Actor
from common.services import NotAllowed

CLOSED = "本项的材料、议决事项、发言和表决不向您开放，也不由您登记。请换秘书科其他人员登录，在会场登记本项。"


def may_keep_hall(actor: Actor) -> bool:
    """秘书科 and its director enter what happens in the room."""
    return posts(actor).in_office


def demand_clerk(actor: Actor) -> None:
    """Refuse anybody else, saying who does it."""
    if not may_keep_hall(actor):
        raise NotAllowed("会场由区委办秘书科登记。如需更正，请当场告知秘书科。")


def is_closed_to(actor: Actor, entry: AgendaEntry) -> bool:
    """Is the clerk, or whoever types for him, recused from an item of this entry (rules.md §2)?"""
    standing = ItemRecusal.objects.filter(person__in=own_persons(actor), ended_at__isnull=True)
    return standing.filter(item__entry_items__entry=entry).exists()


def demand_not_recused(actor: Actor, entry: AgendaEntry) -> None:
    """Who is recused enters nothing of the entry: no line, no vote, no outcome, nor that the 回避 was wrong."""
    if is_closed_to(actor, entry):
        raise NotAllowed(f"您在本项回避。{CLOSED}")
