"""Tables, filters, pages and tabs in templates: lists whose state stands in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.web import listing

register = template.Library()


@register.simple_block_tag
def table(content: str, name: str, frozen: bool = False, tall: bool = False) -> SafeString:
    """The box of a table, reachable by keyboard when it scrolls; `name` says what is listed.

    `frozen` holds the first column, `tall` scrolls inside with the head held. On the phone its rows are blocks.
    """
    box = "table-box" + (" table-box--tall" if tall else "")
    inner = "table" + (" table--frozen" if frozen else "")
    return format_html(
        '<div class="{}" role="region" tabindex="0" aria-label="{}"><table class="{}">{}</table></div>',
        box,
        name,
        inner,
        content,
    )


@register.simple_tag(takes_context=True)
def sort(context: template.Context, label: str, name: str, figure: bool = False, minor: bool = False) -> SafeString:
    """<th> of a column that can be ordered by ?order=name; `minor` as its cells."""
    url, direction = listing.sort_link(context["request"].GET, name)
    arrow = {"ascending": "▲", "descending": "▼", "none": "↕"}[direction]
    mark = format_html('<span aria-hidden="true">{}</span>', arrow)
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="sort" href="{}">{}{}</a></th>',
        " ".join(word for word, given in (("figure", figure), ("minor", minor)) if given),
        direction,
        url,
        label,
        mark,
    )


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(
    context: template.Context, entries: Sequence[listing.Tab], current: str, name: str = "页内栏目"
) -> dict[str, Any]:
    """Views of one page, each with an address (?tab=key); other parameters are left behind."""
    links = [(tab, f"?tab={tab.key}" if place else context["request"].path) for place, tab in enumerate(entries)]
    return {"links": links, "current": current, "name": name}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.BaseForm) -> dict[str, Any]:
    """A GET form in the address, its set filters as chips, one link that clears all."""
    request = context["request"]
    return {"form": form, "chips": listing.chips(form, request.GET), "path": request.path}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, measure: str = "件") -> dict[str, Any]:
    """Links between pages that keep the filters."""
    query = context["request"].GET
    return {
        "page": page,
        "measure": measure,
        "links": listing.page_links(page, query),
        "before": listing.with_query(query, page=page.previous_page_number()) if page.has_previous() else "",
        "after": listing.with_query(query, page=page.next_page_number()) if page.has_next() else "",
    }
