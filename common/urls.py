"""Pages that belong to no subject: login, account, health."""

from django.urls import path

from common.web import account_views as views

app_name = "common"
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("account/password/", views.password_change, name="password_change"),
    path("account/person/", views.choose_person, name="choose_person"),
    path("account/large-type/", views.large_type, name="large_type"),
    path("healthz/", views.healthz, name="healthz"),
]
