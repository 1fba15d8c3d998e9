"""The one table that `bin/test` ends in."""

import unicodedata

from _platform.stages import Result

SLOWEST = 10


def summary(results: list[Result], seconds: float) -> str:
    """`seconds` is how long all took together; some stages ran beside each other."""
    lines = ["", "── 小结 ──", row("阶段", "秒", "结果", "测试")]
    lines += [row(result.name, f"{result.seconds:.1f}", verdict(result), counts(result)) for result in results]
    lines.append(row("合计", f"{seconds:.1f}", overall(results), ""))
    durations = sorted((entry for result in results for entry in result.durations), reverse=True)[:SLOWEST]
    if durations:
        lines += ["", f"最慢的 {len(durations)} 个测试："]
        lines += [f"{seconds:8.2f} 秒  {name}" for seconds, name in durations]
    lines += ["", *(f"{result.name}: {result.closing_line}" for result in results if result.closing_line)]
    return "\n".join(lines)


def row(name: str, seconds: str, outcome: str, tests: str) -> str:
    return f"{pad(name, 12)}{seconds:>8}  {pad(outcome, 8)}{tests}".rstrip()


def pad(text: str, width: int) -> str:
    """Fills up to `width` columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * (width - taken)


def verdict(result: Result) -> str:
    return "通过" if result.passed else "未通过"


def overall(results: list[Result]) -> str:
    return "通过" if all(result.passed for result in results) else "未通过"


def counts(result: Result) -> str:
    return "，".join(f"{name} {number}" for name, number in result.counts.items() if number or name == "共")
