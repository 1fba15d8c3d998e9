"""What the tests of the item pages share: people at their browsers, addresses, what a page says."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from agenda.items.binding import content_digest
from agenda.items.models import Item, ItemDraft
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.views.sheet_page import working_on
from common.identity.models import Account
from tests.support.stories import accept, school_sheet

# The people of the demo by what they are for 城东学校.
LIAISON, HEAD, LEADER, MAYOR = "梁思齐", "林知微", "闻人澈", "陆景和"
OFFICE, DIRECTOR, SECRETARY = "周予安", "邵闻笛", "沈砚清"
LAWYER, RISK, AUDITOR = "卢正言", "贺北辰", "陆离"
# Somebody of another unit, and who runs the program: neither has to do with it.
STRANGERS = ("温如故", "系统管理员")


def as_(name: str, **options: Any) -> Client:
    """A browser in which this person is signed in."""
    client = Client(**options)
    client.force_login(Account.objects.get(acting__person__name=name), "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, item: Item, *more: object) -> str:
    return reverse(f"agenda:{name}", args=[item.pk, *more])


def words(answer: Any) -> str:
    """What is read, without the marks."""
    text = re.sub(r"<[^>]*>", "", answer.content.decode())
    return re.sub(r"\s+", " ", text).replace("\xa0", " ")


def typed_sheet(district: Any, **changes: Any) -> dict[str, Any]:
    """城东学校 as a browser sends it, with the draft's revision."""
    sheet = school_sheet(district, **changes)
    sheet["matters"] = "\n".join(sheet["matters"])
    return {"version": 0} | {name: "" if value is None else value for name, value in sheet.items()}


def seen(item: Item) -> str:
    """What the page that confirms a filing carries."""
    return content_digest(working_on(item).content)


def revision(item: Item) -> int:
    return ItemDraft.objects.get(item=item).revision


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def revised(district, item: Item, **changes: Any) -> Item:
    """A second version, accepted again."""
    liaison = district.liaison
    save_draft(actor=liaison, item=item, content=school_sheet(district, **changes), revision=revision(item))
    revise_item(actor=liaison, item=fresh(item), reason="概算调整")
    return fresh(accept(district, item))
