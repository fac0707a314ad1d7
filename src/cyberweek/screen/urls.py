"""Addresses of screens."""

from django.urls import path

from cyberweek.screen import views

app_name = "screen"
urlpatterns = [path("", views.wall, name="wall")]
