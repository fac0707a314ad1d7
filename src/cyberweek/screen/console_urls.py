"""Addresses of the command wall, and of the displays that may show it."""

from django.urls import path

from cyberweek.screen import console_views as views

app_name = "wall"
urlpatterns = [
    path("", views.displays, name="displays"),
    path("show/", views.show, name="show"),
    path("parts/", views.parts, name="parts"),
    path("keep/", views.keep, name="keep"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
]
