"""Addresses of imports."""

from django.urls import path

from desk.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/choose/", views.choose_rows, name="import_choose"),
    path("imports/<int:pk>/apply/", views.apply, name="import_apply"),
    path("imports/<int:pk>/renew/", views.renew, name="import_renew"),
    path("imports/<int:pk>/drop/", views.drop, name="import_drop"),
    path("imports/<int:pk>/workbook/", views.workbook, name="import_workbook"),
    path("imports/<int:pk>/marked/", views.marked, name="import_marked"),
]
