"""Kinds of paper that this subject has made."""

from agenda.meetings.documents import AGENDA_KIND, NOTICE_KIND, build_agenda, build_notice
from common.documents.papers import AgendaPaper, MeetingNoticePaper
from common.documents.registry import paper_kind

paper_kind(AGENDA_KIND, AgendaPaper, build_agenda)
paper_kind(NOTICE_KIND, MeetingNoticePaper, build_notice)
