"""Kinds of paper that this subject has made, from sealed bytes alone."""

from common.documents.papers import DecisionNoticePaper, MinutesPaper
from common.documents.registry import paper_kind
from decisions.minutes.frozen import MINUTES_KIND, build_minutes
from decisions.minutes.notices import NOTICE_KIND, build_notice

paper_kind(MINUTES_KIND, MinutesPaper, build_minutes)
paper_kind(NOTICE_KIND, DecisionNoticePaper, build_notice)
