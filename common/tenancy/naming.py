"""Which committee is meant by its name, however an office writes it; and which there are, for refusals."""

import unicodedata

from common.tenancy.models import Committee


def is_called(text: str, *names: str) -> bool:
    """Whether somebody may mean a committee of these names: 中国共产党 or 中共 or neither before it, in any width."""
    plain, *known = (_plain(name) for name in (text, *names))
    return plain in known


def committees_called(named: str) -> list[Committee]:
    """Those that the full name, the short one or that of the district may mean; without a name all there are."""
    every = list(Committee.objects.order_by("pk"))
    return [one for one in every if not named or is_called(named, one.name, one.short_name, one.area_name)]


def committees_known() -> str:
    """系统里有：…。; nothing where there is none."""
    known = "、".join(f"{one.name}（{one.short_name}）" for one in Committee.objects.order_by("pk"))
    return f"系统里有：{known}。" if known else ""


def _plain(name: str) -> str:
    narrow = "".join(unicodedata.normalize("NFKC", name).split())
    return narrow.replace("中国共产党", "中共").removeprefix("中共")
