"""What nobody does for another: a delegate reads, prepares and answers, but signs and concludes nothing (M15)."""

from common.identity.actor import Actor
from common.services import NotAllowed


def why_in_person(actor: Actor, what: str) -> str:
    """The sentence for who acts for the person by delegation; empty where the person acts himself."""
    return f"{what}须由本人办理，受托代办的账号不能代为办理。请本人登录后办理。" if actor.by_staff else ""


def demand_in_person(actor: Actor, what: str) -> None:
    """Called by every service whose record says that this person signed, concluded, approved or delegated."""
    if said := why_in_person(actor, what):
        raise NotAllowed(said)
