"""Dates, money, minutes, percentages and other single values out of cells; what is not certain is `Unclear`."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desk.imports.findings import Code, Unclear
from desk.imports.text import fold, han_number, han_year, is_blank_mark

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class DateContext:
    """What may supply a year that a cell leaves out: the years its sheet and row name, and the day of filling in.

    `not_after` is set for days that cannot lie after the day the sheet was filled in (a filing date).
    """

    today: date
    years: frozenset[int] = frozenset()
    not_after: date | None = None


_FULL = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?")
_DIVIDED = re.compile(r"([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})\.?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_HAN = re.compile("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_NO_YEAR = re.compile("([0-9]{1,2})月([0-9]{1,2})[日号]")
_CLOCK = re.compile(r"(?<=[0-9])(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?\s*$")
_DATE_MEND = "请写成“2026年11月5日”或“2026-11-05”这样的完整日期。"


def parse_date(value: Value, context: DateContext) -> date | None:
    """A legal day, or None for an empty cell; a day without year takes the one year the context names."""
    if value is None or isinstance(value, date):
        return None if value is None else _plausible(value, context)
    if isinstance(value, (bool, float)):
        raise Unclear(Code.UNCLEAR_DATE, "单元格里是数值，不是日期。", _DATE_MEND)
    text = fold(_CLOCK.sub("", str(value).strip()))
    if not text or text in ("-", "/"):
        return None
    if found := _FULL.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*(int(part) for part in found.groups()), context=context)
    if found := _DIVIDED.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), context=context)
    if found := _HAN.fullmatch(text):
        return _day(han_year(found[1]), han_number(found[2]) or 0, han_number(found[3]) or 0, context=context)
    if found := _NO_YEAR.fullmatch(text):
        return _with_year(int(found[1]), int(found[2]), context)
    raise Unclear(Code.UNCLEAR_DATE, _why_unclear(text), _DATE_MEND)


def _with_year(month: int, day: int, context: DateContext) -> date:
    if len(context.years) != 1:
        cause = "只写了月和日，表上看不出是哪一年。" if not context.years else "只写了月和日，表上出现了不止一个年份。"
        raise Unclear(Code.YEAR_UNKNOWN, cause, "请补上年份，如“2026年11月6日”。")
    found = _day(next(iter(context.years)), month, day, context=context)
    if context.not_after and found > context.not_after:
        cause = (
            f"只写了月和日，按表上年份是{said_day(found)}，晚于填表日期{said_day(context.not_after)}，年份不能确定。"
        )
        raise Unclear(Code.YEAR_UNKNOWN, cause, "请补上年份，如“2026年11月6日”。")
    return found


def _day(year: int, month: int, day: int, *, context: DateContext) -> date:
    try:
        return _plausible(date(year, month, day), context)
    except ValueError:
        cause = f"{year}年没有{month}月。" if not 1 <= month <= 12 else f"{year}年{month}月没有{day}日。"
        raise Unclear(Code.IMPOSSIBLE_DATE, cause, "请核对原件后改成正确的日期。") from None


def _plausible(day: date, context: DateContext) -> date:
    if not context.today.year - 100 <= day.year <= context.today.year + 20:
        raise Unclear(Code.IMPOSSIBLE_DATE, f"年份{day.year}不可能出现在台账里。", "请核对年份后改正。")
    return day


def said_day(day: date) -> str:
    """A day as a message says it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _why_unclear(text: str) -> str:
    if re.fullmatch("[0-9]{2}[年./-][0-9]{1,2}[月./-][0-9]{1,2}[日号]?", text):
        return "年份只有两位，不能确定是哪一天。"
    if re.fullmatch(r"[0-9]{4}[年./-][0-9]{1,2}月?", text):
        return "只写到月，没有写到日。"
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}", text):
        return "看不出是月和日，还是年和月。"
    if re.fullmatch("[0-9]+", text):
        return "单元格里是一串数字，不是日期。"
    return "不是能够确定的日期。"


_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(10**3),
    "万": Decimal(10**4),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿": Decimal(10**8),
    "亿元": Decimal(10**8),
}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_AMOUNT = re.compile(rf"(?:人民币|RMB|¥)?({_NUMBER})(百万元|千万元|千元|万元|亿元|万|亿|元)?(?:人民币|整)?")
_LARGEST = Decimal(10**13)


def parse_amount(value: Value, unit: str = "") -> Decimal | None:
    """Yuan to the fen, or None for an empty cell or 无. The unit stands in the cell, or in its heading (`unit`).

    Without a unit, in words, about (约), more or less (左右, 不超过) or in foreign money: unclear.
    """
    text = _folded(value)
    if is_blank_mark(text) or text in ("0", "0.0", "0.00"):
        return Decimal(0) if text.startswith("0") else None
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Unclear(Code.UNCLEAR_AMOUNT, _why_no_amount(text), "请写成一个确定的数并带单位，如“1200万元”。")
    written = found[2] or (fold(unit) if fold(unit) in _UNITS else "") or ("元" if text.startswith("¥") else "")
    if not written:
        raise Unclear(
            Code.AMOUNT_WITHOUT_UNIT, "金额没有写单位，不知道是元、万元还是亿元。", "请补上单位，如“1200万元”。"
        )
    yuan = Decimal(found[1].replace(",", "")) * _UNITS[written]
    if yuan >= _LARGEST or yuan != yuan.quantize(Decimal("0.01")):
        cause = "金额大得不合情理。" if yuan >= _LARGEST else "金额写到了分以下。"
        raise Unclear(Code.UNCLEAR_AMOUNT, cause, "请核对数字和单位。")
    return yuan.quantize(Decimal("0.01"))


def _why_no_amount(text: str) -> str:
    if re.search("美元|欧元|英镑|日元|港元|港币|[$€£]", text):
        return "金额不是人民币。"
    if re.search("[约近余多超内外]|左右|上下|以上|以下|若干|不等|至|-", text) and re.search(
        "[0-9一二三四五六七八九十百千万亿]", text
    ):
        return "金额是约数或者区间，不是一个确定的数。"
    if len(re.findall(_NUMBER, text)) > 1:
        return "一个单元格里不止一个金额，或者数字写得不规整。"
    return "金额不是用数字写的。"


def _folded(value: Value) -> str:
    """A cell as it is compared; a number as people would type it: 1200.0 → 1200, 2.6000000000000001 → 2.6."""
    if isinstance(value, float) and abs(value) < 1e15:
        return f"{value:.15g}"
    return "" if value is None else fold(str(value))


def parse_minutes(value: Value, unit: str = "") -> int | None:
    """Whole minutes from 1 to 480; the unit stands in the cell (15分钟, 1小时) or in its heading."""
    text = _folded(value)
    if text in ("", "-", "/"):
        return None
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9])?)(分钟?|小时)?", text)
    written = (found[2] or fold(unit)) if found else ""
    mend = "请写成整分钟，如“15分钟”。"
    if not found or not written.startswith(("分", "小时")):
        cause = "时长没有写单位。" if found else "不是一个确定的时长。"
        raise Unclear(Code.UNCLEAR_DURATION, cause, mend)
    minutes = Decimal(found[1]) * (60 if written.startswith("小时") else 1)
    if minutes != int(minutes) or not 1 <= minutes <= 480:
        raise Unclear(Code.UNCLEAR_DURATION, "时长应当是1至480的整分钟。", mend)
    return int(minutes)


def parse_percent(value: Value, unit: str = "") -> Decimal | None:
    """A share from 0 to 100: 60%, 0.7 (seventy), 70 (seventy); a bare 1 may be 1 % or 100 % and is unclear."""
    text = _folded(value)
    if text in ("", "-", "/"):
        return None
    mend = "请写成百分数，如“70%”。"
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,12})?)(%)?", text)
    if not found:
        raise Unclear(Code.UNCLEAR_PERCENT, "不是一个百分数。", mend)
    number = Decimal(found[1])
    if not found[2] and fold(unit) != "%" and number <= 1:
        if number == 1:
            raise Unclear(Code.UNCLEAR_PERCENT, "“1”可能是百分之一，也可能是百分之百。", mend)
        number *= 100
    if number > 100:
        raise Unclear(Code.UNCLEAR_PERCENT, "进度超过了百分之百。", mend)
    return number.quantize(Decimal("0.01"))


def parse_term(value: Value) -> int | None:
    """The number of a term: 8届, 八届, 第八届 → 8."""
    text = _folded(value)
    if not text:
        return None
    number = han_number(text.removeprefix("第").removesuffix("委员会").removesuffix("届"))
    if not number or number > 99:
        raise Unclear(Code.UNCLEAR_TERM, "看不出是第几届。", "请写成“第八届”。")
    return number


def order_number(value: Value) -> int | None:
    """A serial number where there is one; it only orders, so anything else is no error."""
    text = _folded(value)
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else None


def named_years(text: str) -> frozenset[int]:
    """The years a number or the name of a meeting holds: 督〔2026〕01号, 2026年第14次."""
    return frozenset(int(year) for year in re.findall(r"(20[0-9]{2})[年〕\])]", fold(text)))


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number such as 督〔2026〕01号; two writings of one number are equal."""

    word: str
    year: int
    number: int


def parse_document_number(value: Value) -> DocumentNumber | None:
    """督〔2026〕01号, 督[2026]1号, 督（2026）01号 are one number; other words are no document number."""
    text = _folded(value)
    found = re.fullmatch(r"(.{0,20}?)[〔\[(]([0-9]{4})[〕\])]第?([0-9]{1,6})号?", text)
    return DocumentNumber(found[1], int(found[2]), int(found[3])) if found else None
