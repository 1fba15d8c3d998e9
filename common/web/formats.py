"""How the house writes days, times, amounts and numbers: pure functions from values to Chinese text (face.md, Habits).

Every function takes the day it is read on as a value, so that nothing here asks a clock.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
DIGITS = "零一二三四五六七八九"
WAN = Decimal(10_000)
YI = Decimal(100_000_000)
# Farther away than this a date says more than a number of days.
NEAR = 60


def local_day(value: date) -> date:
    """The legal day of a date or of an aware moment; a naive moment is taken as Shanghai time."""
    if isinstance(value, datetime):
        return (value.astimezone(SHANGHAI) if value.tzinfo else value).date()
    return value


def weekday(day: date) -> str:
    """周四."""
    return f"周{WEEKDAYS[local_day(day).weekday()]}"


def cn_date(value: date, today: date) -> str:
    """11月26日（周四）; with the year when it is not the year of `today`."""
    day = local_day(value)
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{weekday(day)}）"


def cn_full_date(value: date) -> str:
    """2026年11月26日."""
    day = local_day(value)
    return f"{day.year}年{day.month}月{day.day}日"


def cn_time(value: datetime) -> str:
    """下午3:00; noon is 中午12:00."""
    moment = value.astimezone(SHANGHAI) if value.tzinfo else value
    hour, minute = moment.hour, moment.minute
    part = "凌晨" if hour < 6 else "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 18 else "晚上"
    return f"{part}{hour if hour <= 12 else hour - 12}:{minute:02d}"


def cn_datetime(value: datetime, today: date) -> str:
    """11月26日（周四） 下午3:00."""
    return f"{cn_date(value, today)} {cn_time(value)}"


def relative_day(value: date, today: date) -> str:
    """今天, 明天, 3 天后, 2 天前; nothing when farther than sixty days. Stands beside a date, never alone."""
    days = (local_day(value) - today).days
    named = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
    if days in named:
        return named[days]
    if abs(days) > NEAR:
        return ""
    return f"{days} 天后" if days > 0 else f"{-days} 天前"


def due_tone(value: date, today: date) -> str:
    """How a deadline looks: bad when it is past or today, wait within three days, neutral later."""
    days = (local_day(value) - today).days
    return "bad" if days <= 0 else "wait" if days <= 3 else "neutral"


def due_words(value: date, today: date) -> str:
    """What stands beside a deadline: 已过 2 天, 今天, 明天, 3 天后."""
    days = (local_day(value) - today).days
    return f"已过 {-days} 天" if days < 0 else relative_day(value, today)


def _plain(number: Decimal) -> str:
    """Digits without needless zeros, thousands marked: 1,234.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_exact(yuan: Decimal | int) -> str:
    """260,000,000 元: the exact figure."""
    return f"{_plain(Decimal(yuan))} 元"


def money(yuan: Decimal | int) -> str:
    """2.6 亿元, 9500 万元, 1,234 元; 约 where digits were left out.

    亿 is exact to four decimals (万元), 万 to two; what needs more is rounded to two decimals and marked 约.
    """
    amount = Decimal(yuan)
    size = abs(amount)
    if size >= YI:
        return _in_unit(amount, YI, "亿元", exact_places=4)
    if size >= WAN:
        return _in_unit(amount, WAN, "万元", exact_places=2)
    return money_exact(amount)


def _in_unit(amount: Decimal, unit: Decimal, name: str, *, exact_places: int) -> str:
    value = amount / unit
    if value == round(value, exact_places):
        about = ""
    else:
        value, about = value.quantize(Decimal("0.01"), ROUND_HALF_UP), "约 "
    digits = _plain(value)
    if unit == WAN:
        digits = digits.replace(",", "")
    return f"{about}{digits} {name}"


def cn_number(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一: for agenda and chapters; 0 to 9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"not between 0 and 9999: {number}")
    if number < 10:
        return DIGITS[number]
    text, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif text:
            gap = number > 0
    return text.removeprefix("一") if text.startswith("一十") else text


def cn_count(number: int, measure: str) -> str:
    """9 件, 1,860 个: a figure with its measure word."""
    return f"{number:,} {measure}"


def cn_minutes(minutes: int) -> str:
    """15 分钟, 2 小时, 2 小时 40 分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def file_size(size: int) -> str:
    """310 KB, 3.4 MB; bytes in."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{_plain(Decimal(size / 1024 / 1024).quantize(Decimal('0.1')))} MB"
