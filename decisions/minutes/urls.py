"""Addresses of the 纪要 and the notices."""

from django.urls import path

from decisions.minutes.views import deciding, drafting, listing, notice, page

urlpatterns = [
    path("minutes/", listing.minutes_list, name="minutes"),
    path("minutes/start/<int:pk>/", drafting.start, name="minutes_start"),
    path("minutes/<int:pk>/", page.minutes_detail, name="minutes_detail"),
    path("minutes/<int:pk>/edit/", drafting.edit, name="minutes_edit"),
    path("minutes/<int:pk>/draft/", drafting.autosave, name="minutes_autosave"),
    path("minutes/<int:pk>/preview/", drafting.preview, name="minutes_preview"),
    path("minutes/<int:pk>/records/<slug:part>/", drafting.refill, name="minutes_refill"),
    path("minutes/<int:pk>/review/", deciding.review, name="minutes_review"),
    path("minutes/<int:pk>/return/", deciding.reopen, name="minutes_reopen"),
    path("minutes/<int:pk>/sign/", deciding.sign, name="minutes_sign"),
    path("minutes/<int:pk>/correct/", deciding.correct, name="minutes_correct"),
    path("minutes/<int:pk>/papers/", page.papers, name="minutes_papers"),
    path("minutes/<int:pk>/minutes.pdf", page.minutes_paper, name="minutes_paper"),
    path("minutes/<int:pk>/archive/", page.minutes_archive, name="minutes_archive"),
    path("notices/", listing.notices, name="notices"),
    path("notices/<int:pk>/", notice.notice_detail, name="notice_detail"),
    path("notices/<int:pk>/receive/", notice.receive, name="notice_receive"),
    path("notices/<int:pk>/notice.pdf", notice.notice_paper_pdf, name="notice_paper"),
]
