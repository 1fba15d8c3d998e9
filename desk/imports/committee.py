"""Which committee a roster is of: its place, the place above it and the term, out of the roster's title."""

import re
from dataclasses import dataclass

from desk.imports.text import fold, han_number

_TITLE = re.compile("中共(.{2,40}?)第([0-9一二三四五六七八九十]{1,3})届委员会")
_PLACE = re.compile(".{1,8}?(?:自治区|自治州|自治县|省|市(?![区市])|区|县|旗|盟|街道|乡(?!市)|镇(?!市))")
_LEVELS = ("省", "市", "区", "县", "旗", "镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class CommitteeTitle:
    """中共清宁市云川区第八届委员会: place 云川区, above it 清宁市, level 区, term 8 (None where none is written)."""

    place: str
    above: str = ""
    term: int | None = None

    @property
    def level(self) -> str:
        """The last word of the place: 区, 县, 市, 镇, 乡, 街道."""
        return next((level for level in sorted(_LEVELS, key=len, reverse=True) if self.place.endswith(level)), "")

    @property
    def full(self) -> str:
        """The committee's name without its term: 中共清宁市云川区委员会."""
        return f"中共{self.above}{self.place}委员会"

    @property
    def short(self) -> str:
        """What the office calls it: 区委, 县委; 党委 below the counties."""
        return "党委" if self.level in ("镇", "乡", "街道") else f"{self.level}委"

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What may stand before a unit's name, longest first."""
        return tuple(prefix for prefix in (f"{self.above}{self.place}", self.place, self.level) if prefix)


def committee_of(title: str) -> CommitteeTitle | None:
    """Read a roster's title; None where it names no committee."""
    found = _TITLE.search(fold(title))
    place = committee_at(found[1]) if found else None
    return CommitteeTitle(place.place, place.above, han_number(found[2])) if found and place else None


def committee_at(place: str) -> CommitteeTitle | None:
    """The committee of a place written with the places above it: 清宁市云川区."""
    parts = _PLACE.findall(fold(place))
    if not parts or "".join(parts) != fold(place):
        return None
    return CommitteeTitle(parts[-1], "".join(parts[:-1]))
