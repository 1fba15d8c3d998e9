"""While an import is written: who and what the names of the workbook became, so that later rows can speak of them."""

from dataclasses import dataclass, field

from committee.register.services.keep_people import add_person
from committee.units.models import Unit
from common.identity.actor import Actor
from common.identity.models import Person
from desk.imports import names
from desk.imports.models import LedgerImport
from desk.imports.present import Present


@dataclass
class Writing:
    """One import being written, inside its transaction."""

    actor: Actor
    present: Present
    ledger_import: LedgerImport
    people: dict[names.Reference, Person] = field(default_factory=dict)
    units: dict[names.Reference, Unit] = field(default_factory=dict)

    def person(self, named: names.Person) -> Person:
        """Whom a name means: one of the register, or one entered by an earlier row of this import."""
        if named.key is not None:
            return self.present.people[named.key]
        return self.people[names.reference(named)]

    def unit(self, named: names.Unit) -> Unit:
        """Which unit a name means."""
        if named.key is not None:
            return self.present.units[named.key]
        return self.units[names.reference(named)]

    def add_person_once(self, named: names.Person, *, post_title: str, phone: str = "") -> Person:
        """Somebody whom the workbook alone knows, entered by the first row that brings them."""
        if named.key is None and names.reference(named) not in self.people:
            self.people[names.reference(named)] = add_person(
                actor=self.actor, name=named.name, post_title=post_title, phone=phone
            )
        return self.person(named)
