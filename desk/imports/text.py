"""What offices do to words: widths, padding, brackets, look-alike marks; and how they are read the same."""

import re
import unicodedata

# NFKC already narrows full-width letters, digits, brackets, commas and spaces; these it leaves alone.
_ALIKE = str.maketrans(
    {"—": "-", "–": "-", "−": "-", "―": "-", "。": ".", "【": "[", "】": "]", "﹝": "〔", "﹞": "〕"}
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_DOTS = re.compile("[・‧•∙⋅᛫･●]")
_DOT_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[.·](?=[㐀-鿿])")
_SEPARATORS = re.compile(r"[、,;/\n\r]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BESIDE_HAN = "㐀-鿿（）《》“”"
_MARK = re.compile(f"(?<=[{_BESIDE_HAN}])[,;:?!]|[,;:?!](?=[{_BESIDE_HAN}])")
_WIDE_MARKS = str.maketrans(",;:?!", "，；：？！")
_BLANK_MARKS = frozenset({"", "-", "--", "/", "\\", "无", "暂无", "没有", "不涉及"})
_VACANT_MARKS = _BLANK_MARKS | {"空缺", "暂缺", "缺", "待定", "待补", "待配"}


def fold(text: str) -> str:
    """The text as it is compared, never as it is kept: narrow, without spaces or invisible marks."""
    narrow = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE)
    return unicodedata.normalize("NFC", "".join(narrow.split()))


def tidy(text: str) -> str:
    """The text as it is kept: the office's own words and punctuation, without outer blanks and line breaks."""
    lines = (line.strip() for line in _INVISIBLE.sub("", text).splitlines())
    return "".join(line for line in lines if line)


def paragraphs(text: str) -> str:
    """A longer text as it is kept: its line breaks stay."""
    lines = (line.strip() for line in _INVISIBLE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def office_marks(text: str) -> str:
    """Narrow marks beside Chinese as the office prints them: 建议(8名) → 建议（8名）; 486,300 and 9:30 stay."""
    wide = text
    while (found := _BRACKETED.sub(_widened, wide)) != wide:
        wide = found
    return _MARK.sub(lambda match: match[0].translate(_WIDE_MARKS), wide)


def _widened(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    around = before + match[1] + after
    return f"（{match[1]}）" if re.search(f"[{_BESIDE_HAN}]", around) else match[0]


def is_blank_mark(text: str) -> bool:
    """Whether an office means by this that there is nothing: 无, /, —, 不涉及."""
    return fold(text) in _BLANK_MARKS


def shown(text: str) -> str:
    """A text as a message quotes it: not longer than a line."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def is_vacant(text: str) -> bool:
    """Whether a name's place is said to be empty: 空缺, 暂缺, 待定."""
    return fold(text).strip("()") in _VACANT_MARKS


def person_name(text: str) -> tuple[str, str]:
    """A name and the note in brackets behind it: 唐　砺 → 唐砺; 程望舒（女） → 程望舒 and 女; 同志 falls away."""
    folded = fold(text)
    note = "、".join(part for part in _BRACKETED.findall(folded) if part)
    name = _DOT_BETWEEN_HAN.sub("·", _DOTS.sub("·", _BRACKETED.sub("", folded))).strip("·.")
    if len(name) > 3:
        name = name.removesuffix("同志")
    return name, note


def split_list(text: str) -> tuple[str, ...]:
    """The members of a list in the order written: 司法局，区应急管理局,信访局 are three; brackets are not opened.

    Only 、 , ; / and line breaks divide; 和, 及 and blanks may belong to a name and divide nothing.
    """
    lines = "\n".join(fold(line) for line in text.splitlines())
    parts: list[str] = [""]
    depth = 0
    for mark in lines:
        depth += (mark == "(") - (mark == ")")
        if depth <= 0 and _SEPARATORS.fullmatch(mark):
            parts.append("")
        else:
            parts[-1] += mark
    return tuple(part for part in parts if part and not is_blank_mark(part))


def unbracket(text: str) -> tuple[str, str]:
    """A heading without its bracket, and what the bracket held: 涉及金额（万元） → 涉及金额 and 万元."""
    folded = fold(text)
    return _BRACKETED.sub("", folded), "".join(_BRACKETED.findall(folded))


_DIGITS = {mark: value for value, marks in enumerate(("〇零○", *"一二三四五六七八九")) for mark in marks}


def han_number(text: str) -> int | None:
    """A Chinese number up to 99, or plain digits: 八 → 8, 十一 → 11, 二十三 → 23; anything else is None."""
    if re.fullmatch("[0-9]{1,3}", text):
        return int(text)
    found = re.fullmatch("([一二三四五六七八九])?(十)?([一二三四五六七八九])?", text)
    if not text or not found:
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return _DIGITS[text] if len(text) == 1 else None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def han_year(text: str) -> int:
    """A year written digit by digit: 二〇二六 → 2026; the caller has checked the characters."""
    return int("".join(str(_DIGITS[mark]) for mark in text))
