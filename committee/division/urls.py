"""Addresses of 分工."""

from django.urls import path

from committee.division.views import drafting, lines, shown

urlpatterns = [
    path("organisation/division/", shown.division, name="division"),
    path("organisation/division/history/", shown.history, name="division_history"),
    path("organisation/division/leaders/<int:pk>/", shown.leader, name="division_leader"),
    path("organisation/division/new/", drafting.start, name="division_new"),
    path("organisation/division/<int:pk>/", shown.detail, name="division_detail"),
    path("organisation/division/<int:pk>/excel/", shown.excel, name="division_excel"),
    path("organisation/division/<int:pk>/paper/", shown.paper, name="division_paper"),
    path("organisation/division/<int:pk>/paper/<int:person_pk>/", shown.leader_sheet, name="division_leader_paper"),
    path("organisation/division/<int:pk>/edit/", drafting.edit, name="division_edit"),
    path("organisation/division/<int:pk>/order/", drafting.order, name="division_order"),
    path("organisation/division/<int:pk>/compare/", drafting.compare, name="division_compare"),
    path("organisation/division/<int:pk>/adopt/", drafting.adopt, name="division_adopt"),
    path("organisation/division/<int:pk>/drop/", drafting.drop, name="division_drop"),
    path("organisation/division/lines/<int:pk>/", lines.line, name="division_line"),
    path("organisation/division/lines/<int:pk>/save/", lines.save, name="division_line_save"),
    path("organisation/division/lines/<int:pk>/remove/", lines.remove, name="division_line_remove"),
]
