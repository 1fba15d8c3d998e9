"""The kinds of paper that the item store gives."""

from agenda.items.documents import SHEET_KIND, build_sheet
from common.documents.papers import SubmissionSheetPaper
from common.documents.registry import paper_kind

paper_kind(SHEET_KIND, SubmissionSheetPaper, build_sheet)
