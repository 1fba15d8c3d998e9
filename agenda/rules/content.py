"""What of a version of the rules for filing is frozen."""

from typing import Any

from agenda.rules.models import AgendaRuleSet, MatterKind

NUMBERS = (
    "file_days",
    "papers_days",
    "notice_days",
    "legal_days",
    "check_months",
    "report_minutes",
    "paper_characters",
)


def number_label(name: str) -> str:
    """The words of one of the NUMBERS."""
    return str(getattr(AgendaRuleSet._meta.get_field(name), "verbose_name", name))


def content_of(rules: AgendaRuleSet) -> dict[str, Any]:
    """The whole set as it is frozen."""
    matters = MatterKind.objects.on(rules.valid_from).listed()
    return {
        "version": rules.version,
        "source": rules.source,
        "valid_from": rules.valid_from,
        "numbers": {name: getattr(rules, name) for name in NUMBERS},
        "matters": [
            {
                "code": matter.code,
                "name": matter.name,
                "body": matter.body_kind,
                "nature": matter.nature,
                "way": matter.way,
            }
            for matter in matters
        ],
        "checks": [
            {
                "matter": rule.matter_kind.code,
                "check": rule.check_kind,
                "need": rule.need,
                "reviewer": rule.reviewer,
                "source": rule.source,
            }
            for rule in rules.checks.select_related("matter_kind").order_by("pk")
        ],
        "routes": [
            {
                "code": route.code,
                "name": route.name,
                "unit_kinds": route.unit_kinds,
                "handlings": route.handlings,
                "required_attachment": route.required_attachment,
                "steps": [{"office": step.office, "unit": step.unit_id} for step in route.steps.all()],
            }
            for route in rules.routes.prefetch_related("steps")
        ],
    }
