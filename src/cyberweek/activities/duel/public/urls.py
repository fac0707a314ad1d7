"""Addresses of the duel for residents."""

from django.urls import path

from cyberweek.activities.duel.public import views

app_name = "duel"
urlpatterns = [path("<slug:slug>/", views.play, name="play")]
