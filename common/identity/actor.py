"""Who does something: the login, the person it acts for, and from where."""

from dataclasses import dataclass, field
from typing import Any

from common.identity.models import Account, Person
from common.tenancy.models import Committee


@dataclass(frozen=True)
class Actor:
    """The one who acts. `person` answers for it; `account` typed it; `by_staff` when a delegate typed for the person.

    `source` says from where: "网页 10.1.2.3", "命令行". `memory` keeps what a request looked up.
    """

    committee: Committee
    person: Person
    account: Account | None = None
    by_staff: bool = False
    source: str = "命令行"
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.account.label} 代 {self.person.name}" if self.by_staff and self.account else self.person.name

    def first_editor(self, person: Person | None) -> str:
        """Who saved first, as the second of two editors is told: a name, or that it was oneself in another window."""
        if person is None:
            return "他人"
        return "您在另一个窗口" if person.pk == self.person.pk else person.name
