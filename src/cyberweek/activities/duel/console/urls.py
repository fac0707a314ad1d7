"""Addresses of the duel for organisers."""

from django.urls import path

from cyberweek.activities.duel.console import views

app_name = "duel_console"
urlpatterns = [
    path("<slug:slug>/", views.edit, name="edit"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
    path("<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
