"""Which paper is made of which frozen bytes: the floors above register their kinds when their app starts."""

from collections.abc import Callable
from dataclasses import dataclass

from common.documents.papers import Paper

Builder = Callable[[bytes], Paper]


@dataclass(frozen=True)
class PaperKind:
    """A kind, the paper it gives, and how its frozen bytes are read. The builder reads nothing but its bytes."""

    name: str
    paper: type[Paper]
    build: Builder


_kinds: dict[str, PaperKind] = {}


def paper_kind(name: str, paper: type[Paper], build: Builder) -> None:
    """Register a kind; call in AppConfig.ready(). `build` turns canonical bytes into a `paper`."""
    known = _kinds.setdefault(name, PaperKind(name, paper, build))
    if known != PaperKind(name, paper, build):
        raise ValueError(f"paper kind {name!r} is registered twice")


def kind_named(name: str) -> PaperKind:
    """The registered kind; LookupError where no app has registered it."""
    return _kinds[name]
