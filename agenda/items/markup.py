"""The rows of the item list as HTML, written without a template file: in template nodes they took most of the page.

Every text passes through `escape` or a part of the house, nothing else is put in.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from agenda.items.models import Item
from common.web.templatetags.figures import cn_date, money
from common.web.templatetags.parts import person, state


def item_rows(items: Iterable[Item], *, items_at: str) -> SafeString:
    """The inside of <tbody>; `items_at`: address of the item store, ends in a slash."""
    return SafeString("\n".join(_row(item, items_at) for item in items))


def _row(item: Item, items_at: str) -> str:
    urgent = f" {state('急件', 'bad')}" if item.urgent else ""
    return (
        f'<tr><th scope="row"><a href="{items_at}{item.pk}/">{escape(str(item))}</a>{urgent}</th>'
        f'<td class="minor whole" data-label="编号">{f"议{item.number}" if item.number else ""}</td>'
        f'<td class="whole" data-label="提报单位">{escape(item.unit.short_name)}</td>'
        f'<td class="minor" data-label="分管领导">{person(item.leader, "") if item.leader else ""}</td>'
        f'<td class="figure minor" data-label="金额">{money(item.amount) if item.amount else ""}</td>'
        f'<td data-label="呈报日">{cn_date(item.filed_on) if item.filed_on else "还没有呈报"}</td>'
        f"<td>{state(item.get_state_display(), item.tone)}</td></tr>"
    )
