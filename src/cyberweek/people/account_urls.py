"""Addresses of signing in. Only these of the library's: nobody signs up, or resets a password by mail, by themselves."""

from allauth.account import views
from django.urls import include, path

from cyberweek.people import entry_views, recovery_views

urlpatterns = [
    path("lost/", recovery_views.lost, name="account_lost"),
    path("back/<str:token>/", recovery_views.back, name="account_back"),
    path("first/<str:token>/", entry_views.first, name="account_first"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
