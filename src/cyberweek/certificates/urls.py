"""Addresses of certificates. `verify/` and `verify/key/` stand in the code of every printed sheet: they never change."""

from django.urls import path

from cyberweek.certificates import views

app_name = "certificates"
urlpatterns = [
    path("certificates/<slug:slug>/", views.certificate, name="certificate"),
    path("verify/", views.verify, name="verify"),
    path("verify/key/", views.public_key, name="key"),
]
