"""Kinds of paper that this subject has made."""

from common.documents.papers import BallotReportPaper, BallotSheetPaper
from common.documents.registry import paper_kind
from decisions.ballots.printing import PAPER_KIND, REPORT_KIND, build_paper, build_report

paper_kind(PAPER_KIND, BallotSheetPaper, build_paper)
paper_kind(REPORT_KIND, BallotReportPaper, build_report)
