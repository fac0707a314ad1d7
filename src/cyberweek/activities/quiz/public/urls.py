"""Addresses of the quiz for residents."""

from django.urls import path

from cyberweek.activities.quiz.public import views

app_name = "quiz"
urlpatterns = [path("<slug:slug>/", views.play, name="play")]
