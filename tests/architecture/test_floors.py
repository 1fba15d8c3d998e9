"""What import-linter cannot read: string foreign keys that look up, templates of upper floors, sources of time."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("common", "committee", "agenda", "decisions", "oversight", "desk")
SOURCES = [p for floor in FLOORS for p in (ROOT / floor).rglob("*.py") if "migrations" not in p.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


def floor_of(name: str) -> int:
    return FLOORS.index(name)


def test_no_foreign_key_looks_up() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model
            if field.is_relation and target._meta.app_label in FLOORS:
                assert floor_of(target._meta.app_label) <= floor_of(model._meta.app_label), f"{model}.{field.name}"


def test_no_template_includes_or_links_an_upper_floor_by_file() -> None:
    for template in TEMPLATES:
        floor = template.relative_to(ROOT / "templates").parts[0]
        if floor not in FLOORS:
            continue
        for other in re.findall(r"{%\s*(?:include|extends)\s+[\"'](\w+)/", template.read_text(encoding="utf-8")):
            if other in FLOORS:
                assert floor_of(other) <= floor_of(floor), f"{template}: {other}"


def test_every_day_in_a_form_is_a_day_field() -> None:
    """Django's own writes 2026/11/26 into an input that takes 2026-11-26 alone: the page showed no day at all."""
    own = ROOT / "common/web/days.py"
    made = re.compile(r"forms\.DateField\(|DateInput\(")
    wrong = [str(path) for path in SOURCES if path != own and made.search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_time_comes_from_the_clock_alone() -> None:
    wrong = re.compile(
        r"timezone\.now|datetime\.now\(|date\.today\(|auto_now|CURRENT_(DATE|TIMESTAMP)|\bNow\(\)|\bnow\(\)"
    )
    for source in SOURCES:
        if source == ROOT / "common" / "clock.py":
            continue
        text = re.sub(r"clock\.now\(\)", "", source.read_text(encoding="utf-8"))
        found = wrong.search(text)
        assert not found, f"{source}: {found.group()}" if found else ""


def test_pages_keep_the_strict_content_policy() -> None:
    wrong = re.compile(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)|javascript:")
    for template in TEMPLATES:
        if template.relative_to(ROOT / "templates").parts[0] == "print" or template.name == "500.html":
            continue
        found = wrong.search(template.read_text(encoding="utf-8"))
        assert not found, f"{template}: {found.group()}" if found else ""


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [p for p in SOURCES if p.stem in {"utils", "helpers", "misc", "common", "tools"}]
