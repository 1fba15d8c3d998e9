"""Addresses of meetings."""

from django.urls import path

from agenda.meetings.views import agenda, files, lists, notice, page, plan

urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("meetings/plan/", lists.plan, name="meeting_plan"),
    path("meetings/<int:pk>/", page.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/change/", plan.change, name="meeting_change"),
    path("meetings/<int:pk>/cancel/", plan.cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/schedule/", agenda.schedule, name="meeting_schedule"),
    path("meetings/<int:pk>/schedule/<int:item>/", agenda.why_not, name="meeting_why_not"),
    path("meetings/<int:pk>/order/", agenda.order, name="meeting_order"),
    path("meetings/<int:pk>/attendants/", agenda.edit_attendants, name="meeting_attendants"),
    path("meetings/<int:pk>/entries/<int:entry>/", agenda.edit_entry, name="entry_edit"),
    path("meetings/<int:pk>/entries/<int:entry>/attendants/", agenda.edit_attendants, name="entry_attendants"),
    path("meetings/<int:pk>/entries/<int:entry>/remove/", agenda.remove, name="entry_remove"),
    path("meetings/<int:pk>/notice/", notice.mine, name="meeting_notice"),
    path("meetings/<int:pk>/notice/send/", notice.confirm, name="notice_confirm"),
    path("meetings/<int:pk>/reply/", notice.reply, name="meeting_reply"),
    path("meetings/<int:pk>/replies/", notice.replies, name="meeting_replies"),
    path("meetings/<int:pk>/replies/<int:reply>/rule/", notice.rule, name="leave_rule"),
    path("meetings/<int:pk>/letters/<int:letter>/", notice.send_again, name="letter_send_again"),
    path("meetings/<int:pk>/papers/<int:attachment>/", files.paper, name="meeting_paper"),
    path("meetings/<int:pk>/agenda.pdf", files.agenda_pdf, name="meeting_agenda_pdf"),
    path("meetings/<int:pk>/notice.pdf", files.notice_pdf, name="meeting_notice_pdf"),
    path("meetings/<int:pk>/meeting.ics", files.calendar, name="meeting_calendar"),
]
