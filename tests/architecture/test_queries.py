"""Every page asks the database the same number of questions, whether it has few rows to show or many.

All rows that pages show are multiplied at once; then every page is opened again. A new page is among them by itself.
"""

from dataclasses import dataclass

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.architecture.multitude import multiply
from tests.architecture.office_story import Office, addresses
from tests.support.cast import District

FEW = 3
# These show the rows that were added, so that the comparison means something.
LISTS = {
    "agenda:items", "agenda:meetings", "agenda:meeting_detail", "committee:accounts", "committee:body",
    "committee:division", "committee:division_detail", "committee:people_excel", "committee:units",
    "decisions:decisions", "decisions:meeting_results", "decisions:minutes", "decisions:notices", "desk:imports",
    "oversight:follow_ups",
}  # fmt: skip


@dataclass
class Cost:
    """What opening a page took and gave."""

    queries: int
    size: int


@dataclass
class Pages:
    """What 秘书科 and the administrator can open after the 纪要 is signed."""

    office: Office
    clients: list[Client]

    def costs(self) -> dict[str, Cost]:
        """By the address's name, of the first of them who can open it."""
        found: dict[str, Cost] = {}
        for address in addresses().values():
            path = address.to(self.office.rows)
            for client in self.clients:
                if address.name not in found and (cost := self.opened(client, path)):
                    found[address.name] = cost
        return found

    @staticmethod
    def opened(client: Client, path: str) -> Cost | None:
        """None where this person cannot open it."""
        reset_queries()  # the log of a connection is full at some thousands
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
            size = len(answer.getvalue())
        return Cost(len(asked), size) if answer.status_code == 200 else None


@pytest.fixture
def pages(committed_db: None, district: District) -> Pages:
    office = Office(district)
    for _ in office.stages():
        pass
    return Pages(office, [district.client(name) for name in ("周予安", "系统管理员")])


def compare(pages: Pages, many: int) -> None:
    multiply(pages.office, 1, FEW)
    pages.costs()  # what is asked once and kept for later pages is kept from now on
    few = pages.costs()
    multiply(pages.office, FEW + 1, many)
    now = pages.costs()
    assert set(few) <= set(now)
    different = {name: (few[name].queries, cost.queries) for name, cost in now.items()}
    assert {name: counts for name, counts in different.items() if len(set(counts)) > 1} == {}
    assert len(now) > 80
    grown = {name for name, cost in now.items() if cost.size > few[name].size + 1000}
    assert grown >= LISTS


@pytest.mark.long
def test_every_page_takes_the_same_queries_at_3_and_at_50_rows(pages: Pages) -> None:
    compare(pages, 50)


@pytest.mark.long
def test_every_page_takes_the_same_queries_at_3_and_at_5000_rows(pages: Pages) -> None:
    compare(pages, 5000)
