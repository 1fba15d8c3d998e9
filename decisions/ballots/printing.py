"""表决票 and 票决结果报告单 (on paper 计票单): what is frozen of each, and how it is read back from its bytes."""

from typing import Any

from common.documents.papers import BallotReportPaper, BallotSheetPaper, ReportLine
from common.records.canonical import canonical_bytes, read_canonical
from common.web.formats import cn_datetime
from decisions.ballots.models import Ballot
from decisions.ballots.questions import Report, printed_paper

PAPER_KIND, REPORT_KIND = "ballot_paper", "ballot_report"


def paper_bytes(ballot: Ballot) -> bytes:
    """The same for every voter: no number, no name, no mark."""
    printed = printed_paper(ballot)
    return canonical_bytes(
        {
            "title": ballot.entry.meeting.full_title,
            "entry": str(ballot.entry),
            "no": ballot.no,
            "words": printed.words,
            "names": printed.names,
            "write_in_lines": printed.write_in_lines,
            "rule": printed.rule,
            "copies": printed.copies,
        }
    )


def build_paper(payload: bytes) -> BallotSheetPaper:
    content = read_canonical(payload)
    return BallotSheetPaper(
        meeting=content["title"],
        entry=content["entry"],
        words=tuple(content["words"]),
        names=tuple(content["names"]),
        write_in_lines=content["write_in_lines"],
        rule=content["rule"],
        copies=content["copies"],
    )


def report_bytes(report: Report) -> bytes:
    ballot = report.ballot
    count = ballot.tally
    return canonical_bytes(
        {
            "mark": "票决结果报告单" if ballot.on_device else "计票单",
            "meeting": ballot.entry.meeting.full_title,
            "entry": str(ballot.entry),
            "no": ballot.no,
            "way": ballot.get_way_display(),
            "places": ballot.places,
            "counted_at": cn_datetime(count.at, count.at.date()),
            "figures": [
                ["发出", count.issued],
                ["收回", count.received],
                ["有效", count.valid],
                ["无效", count.invalid],
            ],
            "lines": [
                {
                    "name": one.slot.question.text,
                    "figures": [[word, number] for word, number in one.figures],
                    "sentence": one.sentence,
                }
                for one in report.results
            ],
            "others": [[one.name.name, one.votes, one.elected] for one in report.others],
            "officers": [[one.get_kind_display(), one.person.name] for one in report.officers],
            "signed": report.signed,
            "chain": [report.chain_seq, report.chain_digest],
        }
    )


def build_report(payload: bytes) -> BallotReportPaper:
    content: dict[str, Any] = read_canonical(payload)
    return BallotReportPaper(
        mark=content["mark"],
        meeting=content["meeting"],
        entry=content["entry"],
        no=content["no"],
        way=content["way"],
        places=content["places"],
        counted_at=content["counted_at"],
        figures=_pairs(content["figures"]),
        lines=tuple(ReportLine(one["name"], _pairs(one["figures"]), one["sentence"]) for one in content["lines"]),
        others=tuple((name, votes, elected) for name, votes, elected in content["others"]),
        officers=tuple((kind, name) for kind, name in content["officers"]),
        signed=tuple(content["signed"]),
        chain_seq=content["chain"][0],
        chain_digest=content["chain"][1],
    )


def _pairs(given: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((word, number) for word, number in given)
