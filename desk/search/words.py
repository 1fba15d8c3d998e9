"""How what was typed is looked for: numbers as they are printed, meetings by their title, the text of a 纪要."""

import re

from django.db.models import Case, F, Func, JSONField, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import IContains

from agenda.meetings.models import Meeting
from common.web.formats import cn_number

# 〔2026〕87号, 2026年87号, 2026 87: the number of an item, a 纪要 or a notice; 87号 of any year.
NUMBER = re.compile(r"(?:[〔\[(（]?(\d{4})[〕\])）年]?\s*)(\d{1,5})\s*号?|第?(\d{1,5})\s*号")
# 2026年区委常委会第5次会议: counted in the year. 八届区委常委会第21次会议: in the term, written in words.
IN_YEAR = re.compile(r"(\d{4})年(.*?)第?(\d{1,5})次(?:（扩大）)?(?:会议)?")
IN_TERM = re.compile(r"第?([一二三四五六七八九十]{1,3}|\d{1,2})届(.*)")
ORDINAL = re.compile(r"(?<=第)[一二三四五六七八九十百零]{1,5}(?=次)")
COUNTED = {cn_number(number): number for number in range(1, 1000)}
# Whatever is text in a JSON value, without the names of its fields.
TEXTS = 'strict $.** ? (@.type() == "string")'


def numbered(words: str) -> Q:
    """Rows whose number was typed; none where no number was."""
    found = NUMBER.fullmatch(words)
    if found is None:
        return Q(pk__in=[])
    year = Q(number__year=int(found[1])) if found[1] else Q()
    return year & Q(number__number=int(found[2] or found[3]))


def titled(words: str, meeting: str = "", tail: str = "") -> Q:
    """Meetings by the words of their title, or with the way to the `meeting` what is called after it and a `tail`."""
    plain = ORDINAL.sub(lambda found: str(COUNTED.get(found[0], found[0])), "".join(words.split()))
    plain = plain.replace("(", "（").replace(")", "）")
    if typed := IN_TERM.fullmatch(plain):
        term = int(typed[1]) if typed[1].isdecimal() else COUNTED.get(typed[1])
        return Q(**{f"{meeting}term__number": term}) & _title_has(typed[2], meeting, tail) if term else Q(pk__in=[])
    found = _title_has(plain, meeting, tail)
    if typed := IN_YEAR.fullmatch(plain.removesuffix(tail)):
        year, body, number = typed.groups()
        names = ("year_number__year", "year_number__number", "body__name__icontains")
        found |= Q(**dict(zip((meeting + name for name in names), (int(year), int(number), body), strict=True)))
    return found


def written_in(words: str, content: str) -> Q:
    """Rows in whose JSON `content` some text has these words."""
    texts = Func(F(content), Value(TEXTS), function="jsonb_path_query_array", output_field=JSONField())
    texts.template = "%(function)s(%(expressions)s::jsonpath)"
    return Q(IContains(Cast(texts, TextField()), words))


def _title_has(words: str, meeting: str, tail: str) -> Q:
    """As Meeting.__str__ writes it; the words may be any part."""
    title = Concat(
        F(f"{meeting}body__name"),
        Value("第"),
        Cast(F(f"{meeting}term_number__number"), TextField()),
        Value("次"),
        Case(When(**{f"{meeting}kind": Meeting.Kind.ENLARGED}, then=Value("（扩大）")), default=Value("")),
        Value(f"会议{tail}"),
        output_field=TextField(),
    )
    return Q(IContains(title, words))
