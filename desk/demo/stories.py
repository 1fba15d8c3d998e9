"""Brings the demo district's items to where an office has them ten days before its 21st meeting.

All goes through the services, by the people whose business it is, at the times it would have happened. States that
need what this release does not carry (secret ballots, cadre matters) are not loaded.
"""

from datetime import date, datetime, timedelta

from agenda.items.gates import DETAILS, PAPERS
from agenda.items.models import Attachment, Item
from agenda.items.services.accept_item import accept_item
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.save_draft import save_draft
from agenda.items.services.send_back import send_back
from agenda.items.services.sign_item import sign_item
from agenda.items.services.start_item import start_item
from agenda.items.services.submit_item import submit_item
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.services.schedule_item import schedule_item
from agenda.rules.models import CheckKind, MatterKind
from committee.bodies.models import Body
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common import clock
from common.documents.render import Metadata, render_pdf
from common.identity.actor import Actor
from common.identity.models import Person
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from desk.demo.sheets import ITEMS, DemoItem

FIRST_MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=clock.SHANGHAI)
PASSING = {"research": "sufficient", "expert": "feasible", "risk": "low", "legal": "lawful", "plan": "present"}
OPINIONS = {
    "research": "已开展专题调研，走访有关单位和群众，情况清楚、数据可靠，调研充分。",
    "expert": "三位专家书面论证，认为方案总体可行，所提建议已采纳。",
    "risk": "已听取有关部门和群众意见，识别主要风险点并制定防范化解措施。",
    "legal": "事项属于法定权限，程序和内容符合法律法规规定。",
    "plan": "应急、舆情和维稳预案齐备，责任人和联系方式已落实。",
}


class Stories:
    """Tells the stories of one committee's items."""

    def __init__(self, committee: Committee) -> None:
        self.committee = committee
        self.office = self.actor("周予安")

    def actor(self, name: str) -> Actor:
        return Actor(committee=self.committee, person=Person.objects.get(name=name), source="演示数据")

    def liaison(self, unit: Unit) -> Actor:
        found = RoleAssignment.objects.holders(Role.ITEM_LIAISON, clock.today()).filter(unit=unit)[0]
        return self.actor(found.person.name)

    def tell(self) -> None:
        """All items, the 21st meeting planned, what is ready on its agenda."""
        for demo in ITEMS:
            self.bring(demo)
        clock.move_to(FIRST_MORNING - timedelta(hours=16))
        meeting = plan_meeting(
            actor=self.office,
            body=Body.objects.get(kind=Body.Kind.STANDING),
            starts_at=datetime(2026, 11, 26, 9, 0, tzinfo=clock.SHANGHAI),
            place="区委第一会议室",
            recorder=self.office.person,
        )
        for item in Item.objects.filter(state=ItemState.READY).order_by("pk"):
            schedule_item(actor=self.office, meeting=meeting, item=item)
        clock.move_to(FIRST_MORNING)

    def bring(self, demo: DemoItem) -> None:
        """One item from its draft to where it stands."""
        filed = datetime.fromisoformat(demo.filed).replace(tzinfo=clock.SHANGHAI)
        clock.move_to(filed - timedelta(hours=20))
        item, liaison = self.draft(demo)
        if demo.until == "draft":
            return
        clock.move_to(filed)
        submit_item(actor=liaison, item=item)
        clock.move_to(filed + timedelta(hours=1))
        accept_item(actor=self.office, item=item)
        if demo.until == "returned":
            clock.move_to(filed + timedelta(days=1))
            send_back(actor=self.office, item=item, reason="未见专家论证材料，请组织论证、补齐签名意见后重新呈报。")
            return
        self.vet(item, demo)
        self.sign(item, demo)

    def draft(self, demo: DemoItem) -> tuple[Item, Actor]:
        unit = Unit.objects.get(short_name=demo.unit)
        liaison = self.liaison(unit)
        item = start_item(actor=liaison, unit=unit)
        content = {
            "title": demo.title,
            "unit": unit.pk,
            "co_units": self.units(demo.co_units),
            "matter_kind": MatterKind.objects.get(name=demo.matter).pk,
            "handling": demo.handling,
            "target_body": demo.body,
            "major_kinds": list(demo.major),
            "amount": demo.amount,
            "leader": Person.objects.get(name=demo.leader).pk,
            "reason": demo.reason,
            "matters": list(demo.matters),
            "coordination": demo.coordination,
            "presenter": demo.presenter,
            "minutes": demo.minutes,
            "attendants": self.units(demo.attendants),
        }
        save_draft(actor=liaison, item=item, content=content, revision=0)
        for title, kind in demo.papers:
            add_attachment(
                actor=liaison,
                item=item,
                name=f"{title}.pdf",
                data=paper(title, demo.reason),
                kind=Attachment.Kind(kind),
            )
        return item, liaison

    def fresh(self, item: Item) -> Item:
        return Item.objects.get(pk=item.pk)

    def digest(self, item: Item) -> str:
        """Of the version that reviewers and signers have before them."""
        if item.current_version is None:
            raise AssertionError("a filed item has a version")
        return item.current_version.digest

    def units(self, names: tuple[str, ...]) -> list[int]:
        return [Unit.objects.get(short_name=name).pk for name in names]

    def vet(self, item: Item, demo: DemoItem) -> None:
        """Each reviewer concludes; an empty conclusion in the story leaves the check open."""
        item = self.fresh(item)
        for check in standing_of(item).checks:
            conclusion = demo.opinions.get(check.kind, PASSING[check.kind])
            if not conclusion:
                continue
            clock.move_to(min(clock.now() + timedelta(hours=5), FIRST_MORNING - timedelta(hours=30)))
            reviewer = self.actor(check.holders[0].name)
            record_opinion(
                actor=reviewer,
                item=item,
                kind=check.kind,
                conclusion=conclusion,
                digest=self.digest(item),
                summary=OPINIONS[check.kind],
                details={detail.key: self.detail(item, detail.key, detail.label) for detail in DETAILS[check.kind]},
                papers={
                    p.key: [(f"{p.label}.pdf", paper(f"{item.title}：{p.label}", OPINIONS[check.kind]))]
                    for p in PAPERS[check.kind]
                },
                measures_confirmed=check.kind == CheckKind.RISK and conclusion == "middle",
            )

    def detail(self, item: Item, key: str, label: str) -> str:
        """What a file says under a point."""
        words = {
            "person": item.unit.short_name + "议题联络员",
            "phone": item.unit.phone,
            "when": "2026年10月12日至10月23日",
            "where": "区级有关部门和相关镇街",
            "whom": "部门负责人、镇街干部、群众代表共46人次",
            "experts": "三位专家，分别来自规划、工程和财务领域，均已签名",
            "filed_with": "区委政法委",
        }
        return words.get(key, f"{label}已逐项核实，详见所附材料。")

    def sign(self, item: Item, demo: DemoItem) -> None:
        """The route's signers, up to the office in whose hands the story leaves it."""
        while True:
            item = self.fresh(item)
            turn = standing_of(item).turn
            if item.state != ItemState.SIGNING or turn is None or turn.step.office == demo.until or turn.person is None:
                return
            clock.move_to(min(clock.now() + timedelta(hours=3), FIRST_MORNING - timedelta(hours=20)))
            sign_item(actor=self.actor(turn.person.name), item=item, digest=self.digest(item), opinion="同意上报。")


def paper(title: str, text: str) -> bytes:
    """A short real PDF, so that every link of the demo opens something to read."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return render_pdf(
        f"<html lang='zh-CN'><body><h1>{title}</h1>{body}</body></html>",
        stylesheets=("page.css",),
        metadata=Metadata(title, created=date(2026, 11, 2)),
    )


def tell_stories(committee: Committee) -> None:
    """Load the stories of the demo district."""
    with committee_scope(committee.pk):
        Stories(committee).tell()
