"""The papers this program prints: frozen values in, HTML out. Upper apps fill them from frozen bytes."""

from common.documents.papers.agenda import AgendaLine, AgendaPaper, MeetingNoticePaper
from common.documents.papers.ballot import BallotReportPaper, BallotSheetPaper, ReportLine
from common.documents.papers.base import Imprint, Paper, RedHead, Roll, Section
from common.documents.papers.decision_notice import DecisionNoticePaper, NoticeMatter
from common.documents.papers.division import DivisionPaper, DivisionRow, LeaderDivisionPaper
from common.documents.papers.minutes import MinutesPaper
from common.documents.papers.submission_sheet import SheetCheck, SheetSignature, SubmissionSheetPaper

__all__ = [
    "AgendaLine",
    "AgendaPaper",
    "BallotReportPaper",
    "BallotSheetPaper",
    "DecisionNoticePaper",
    "DivisionPaper",
    "DivisionRow",
    "Imprint",
    "LeaderDivisionPaper",
    "MeetingNoticePaper",
    "MinutesPaper",
    "NoticeMatter",
    "Paper",
    "RedHead",
    "ReportLine",
    "Roll",
    "Section",
    "SheetCheck",
    "SheetSignature",
    "SubmissionSheetPaper",
]
