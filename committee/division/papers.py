"""The papers of this subject."""

from committee.division.documents import LEADER, WHOLE, leader_paper, whole_paper
from common.documents.papers import DivisionPaper, LeaderDivisionPaper
from common.documents.registry import paper_kind

paper_kind(WHOLE, DivisionPaper, whole_paper)
paper_kind(LEADER, LeaderDivisionPaper, leader_paper)
