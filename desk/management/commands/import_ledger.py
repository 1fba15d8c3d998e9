"""Imports an office's workbook from the command line; a committee not yet known is founded from its roster."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.actor import Actor
from common.services import Refused
from common.tenancy.models import Committee
from common.tenancy.naming import committees_called, committees_known
from common.tenancy.scope import committee_scope
from desk.imports.drawing import draw_up
from desk.imports.findings import Finding
from desk.imports.founding import Founding, found, read_founding
from desk.imports.plan import DOING_WORDS, Doing, Plan, kind_count, kind_label
from desk.imports.safety import LARGEST_FILE, REASONS, RefusalCode
from desk.imports.services.apply_import import apply_import
from desk.imports.services.preview_import import preview_import

NOT_READ = 2
FOUND = (
    "有问题，没有写入。请改正后再导入；只想先导入其中几行的，请在网页“导入”中上传后逐行选定"
    "（党委还没有建立的，先用只有名册的工作簿建立）。"
)


class Command(BaseCommand):
    help = "导入台账工作簿：委员名册、部门单位、分工、议题申报汇总、督办台账。没有问题才写入，才以 0 退出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="工作簿（.xlsx）")
        parser.add_argument("--committee", default="", metavar="名称", help="哪个党委；系统里还没有的，按名册建立")
        parser.add_argument("--dry-run", action="store_true", help="只列出问题和将要写入的行，不写入")
        parser.add_argument(
            "--level", default="", choices=["", *Committee.Level.values], help="建立党委时的层级（标题看不出时写明）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = _read(options["file"])
        try:
            with transaction.atomic():
                clean = self._import(data, options)
                if options["dry_run"] or not clean:
                    transaction.set_rollback(True)
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=NOT_READ) from refusal
        if not clean:
            raise CommandError(FOUND)

    def _import(self, data: bytes, options: dict[str, Any]) -> bool:
        """Print what was found and what will be written; write it unless told not to. True without findings."""
        actor = self._actor(data, options)
        with committee_scope(actor.committee.pk):
            plan = draw_up(data, actor=actor)
            self._say(plan)
            if plan.findings:
                return False
            if options["dry_run"]:
                self.stdout.write("试运行，没有写入。")
            elif plan.to_write:
                preview = preview_import(actor=actor, data=data, name=options["file"].name)
                apply_import(actor=actor, ledger_import=preview)
                self.stdout.write(f"已写入{len(plan.to_write)}项。")
            else:
                self.stdout.write("系统里都已经有了，没有要写入的。")
        return True

    def _actor(self, data: bytes, options: dict[str, Any]) -> Actor:
        """Who imports: 秘书科 of the committee named, of the one in the roster's title, or of the only one there is."""
        named = options["committee"]
        committees = committees_called(named)
        if not named and len(committees) > 1:
            founding = read_founding(data, level=options["level"])
            committees = [committee for committee in committees if committee.name == founding.name]
            if not committees:
                raise Refused(
                    f"系统里没有“{founding.name}”。{committees_known()}确要建立的，请加 --committee {founding.name}。"
                )
        if len(committees) > 1:
            raise Refused(f"叫“{named}”的党委不止一个，请用 --committee 写出全称。{committees_known()}")
        if committees:
            actor = _clerk(committees[0])
            self.stdout.write(f"{actor.committee.name}（以{actor.person.name}的名义）")
            return actor
        founding = read_founding(data, named=named, level=options["level"])
        self._announce(founding)
        return found(founding)

    def _announce(self, founding: Founding) -> None:
        self.stdout.write(f"系统里还没有这个党委，按名册建立：{founding.name}（{founding.short_name}）。")
        self.stdout.write("议事范围、上会规则和表决规则先用默认的，请在启用前逐条核对。")

    def _say(self, plan: Plan) -> None:
        for finding in plan.findings:
            self.stdout.write(_in_words(finding))
        for remark in plan.remarks:
            self.stdout.write(remark)
        for kind, counted in plan.counts().items():
            figures = "，".join(f"{DOING_WORDS[doing]} {counted[doing]}" for doing in Doing if counted[doing])
            self.stdout.write(f"{kind_label(kind)}：共 {kind_count(kind, counted.total())}，{figures}")
        if plan.findings:
            self.stdout.write(f"问题 {len(plan.findings)} 个")


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise CommandError(f"没有“{path}”这个文件。请核对路径。", returncode=NOT_READ)
    if path.stat().st_size > LARGEST_FILE:
        raise CommandError(REASONS[RefusalCode.TOO_LARGE], returncode=NOT_READ)
    return path.read_bytes()


def _clerk(committee: Committee) -> Actor:
    """秘书科, else the director of the office, else the administrator: whoever runs the command speaks for them."""
    with committee_scope(committee.pk):
        for role in (Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR, Role.ADMINISTRATOR):
            if held := RoleAssignment.objects.holders(role, clock.today()).first():
                return Actor(committee=committee, person=held.person)
    raise Refused(f"{committee}没有登记秘书科、区委办主任或系统管理员，不知道以谁的名义导入。请先登记。")


def _in_words(finding: Finding) -> str:
    """One finding: where, what stands there, why, what to do."""
    text = f"“{finding.text}”" if finding.text else "（空）"
    return f"［{finding.sheet}!{finding.cell}］{text}\n    原因：{finding.cause}\n    改正：{finding.mend}"
