"""What holds for every template and style sheet: the security policy, the tokens, contrast, sizes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# templates/print is set by WeasyPrint and never reaches a browser.
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html") if "print" not in p.parts)
SHEETS = sorted(path for path in (ROOT / "static").rglob("*.css") if not {"vendor", "print"} & set(path.parts))
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", (ROOT / "static/app.css").read_text()))

# (text, ground) as the style sheets put them together.
TEXT = ("ink", "ink-soft", "red-deep", "amber", "green", "blue")
GROUNDS = ("paper", "surface", "grey-wash")
PAIRS = [(text, ground) for text in TEXT for ground in GROUNDS] + [
    ("red-deep", "red-wash"),
    ("amber", "amber-wash"),
    ("green", "green-wash"),
    ("blue", "blue-wash"),
    ("blue", "red-wash"),
    ("ink", "amber-wash"),
    ("surface", "red"),
    ("surface", "ink"),
]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text, ground):
    darker, lighter = sorted([luminance(TOKENS[text]), luminance(TOKENS[ground])])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_to_the_content_security_policy(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|javascript:|\shx-on[:-]", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r'(src|href)="(https?:)?//', text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_first_what_it_is(template):
    assert "{#" in "".join(template.read_text(encoding="utf-8").splitlines()[:2])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_text_is_smaller_than_sixteen_pixels(sheet):
    if sheet.name == "print.css":
        return
    sizes = re.findall(r"font-size:\s*([^;]+);", sheet.read_text(encoding="utf-8"))
    assert all(size in {"100%", "125%", "inherit"} or least(size) >= 1 for size in sizes)


def least(size: str) -> float:
    """The smallest a text can become: in the root's size, or (em) in that of what it stands in."""
    first = size.removeprefix("clamp(").split(",")[0]
    return float(first.removesuffix("rem").removesuffix("em"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_are_decided_in_one_place(sheet):
    if sheet.name in {"app.css", "print.css"}:
        return
    colours = set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)))
    assert colours <= {"#fff"}
