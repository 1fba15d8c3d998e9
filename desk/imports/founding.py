"""Founds a committee from the title of its roster, with the rules an office starts with (an office's first import)."""

from dataclasses import dataclass
from datetime import date

from agenda.rules.defaults import MATTERS
from agenda.rules.services.adopt_matters import adopt_matters
from agenda.rules.services.adopt_rules import adopt_agenda_rules
from committee.register.services.found_committee import found_committee
from committee.register.services.keep_roles import assign_role
from committee.roles.models import Role
from common import clock
from common.calendar.publish import load_published_days
from common.identity.actor import Actor
from common.services import Refused
from common.tenancy.models import Committee
from common.tenancy.naming import committees_known, is_called
from common.tenancy.scope import committee_scope
from decisions.rules.services.adopt_rules import adopt_voting_rules
from desk.imports.apart import read_apart
from desk.imports.committee import CommitteeTitle, committee_at
from desk.imports.names import Body, Known
from desk.imports.present import place_in
from desk.imports.safety import WorkbookRefused

SOURCE = "导入时采用的默认规则"
LEVELS = {
    "省": Committee.Level.PROVINCE,
    "区": Committee.Level.COUNTY,
    "县": Committee.Level.COUNTY,
    "旗": Committee.Level.COUNTY,
    "乡": Committee.Level.TOWNSHIP,
    "镇": Committee.Level.TOWNSHIP,
    "街道": Committee.Level.TOWNSHIP,
}


@dataclass(frozen=True)
class Founding:
    """What a committee is founded with."""

    title: CommitteeTitle
    level: str
    day: date

    @property
    def name(self) -> str:
        return f"中国共产党{self.title.above}{self.title.place}委员会"

    @property
    def short_name(self) -> str:
        """中共云川区委; 中共石桥镇党委."""
        place = self.title.place.removesuffix(self.title.level)
        return f"中共{self.title.place}党委" if self.title.short == "党委" else f"中共{place}{self.title.short}"


def read_founding(data: bytes, *, named: str = "", level: str = "") -> Founding:
    """Who the workbook's roster is of, and since when; what cannot be read is refused with the option that says it."""
    matters = {spec.name: frozenset({Body(spec.body_kind)}) for spec in MATTERS}
    try:
        reading = read_apart(data, known=Known(matters=matters), today=clock.today())
    except WorkbookRefused as refusal:
        raise Refused(refusal.message) from refusal
    title = reading.committee or committee_at(place_in(named))
    if title is None:
        raise Refused(
            "看不出是哪个党委：名册的标题里没有“中共……第……届委员会”这样的字样。"
            "请补上标题，或者用 --committee 写出全称，如 --committee 中国共产党清宁市云川区委员会。"
        )
    founding = Founding(
        title, level or _level(title), min((row.since for row in reading.roster if row.since), default=clock.today())
    )
    if named and not is_called(named, founding.name, founding.short_name, title.place):
        raise Refused(
            f"--committee 写的是“{named}”，名册的标题写的是“{title.full}”，不一致。请核对文件或者选项。"
            f"{committees_known()}"
        )
    return founding


def _level(title: CommitteeTitle) -> str:
    """By the last word of the place; a 市 under a 市 is a county, any other 市 may be either."""
    if title.place.endswith("自治区"):
        return Committee.Level.PROVINCE
    if title.place.endswith(("自治州", "盟")):
        return Committee.Level.CITY
    if title.level == "市" and title.above.endswith(("市", "州")):
        return Committee.Level.COUNTY
    if title.level not in LEVELS:
        raise Refused(f"看不出“{title.place}”是哪一级。请用 --level 写明：province、city、county 或者 township。")
    return LEVELS[title.level]


def found(founding: Founding) -> Actor:
    """The committee with default matters and rules; its administrator acts as 秘书科 on this day, to import."""
    load_published_days()
    title = founding.title
    actor = found_committee(
        name=founding.name,
        short_name=founding.short_name,
        area_name=title.place,
        office_word=title.short,
        level=founding.level,
        day=founding.day,
        parent=Committee.objects.filter(name=f"中国共产党{title.above}委员会").first(),
    )
    today = clock.today()
    with committee_scope(actor.committee.pk):
        assign_role(
            actor=actor,
            person=actor.person,
            role=Role.SECRETARIAL_SECTION,
            valid_from=today,
            valid_to=today,
            basis="建立当日由系统管理员代为导入台账",
        )
        adopt_matters(actor=actor, valid_from=founding.day, source=SOURCE)
        adopt_agenda_rules(actor=actor, valid_from=founding.day, source=SOURCE)
        adopt_voting_rules(actor=actor, valid_from=founding.day, source=SOURCE)
    return Actor(committee=actor.committee, person=actor.person, source=actor.source)
