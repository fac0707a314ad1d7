"""Addresses of the quiz for organisers."""

from django.urls import path

from cyberweek.activities.quiz.console import views

app_name = "quiz_console"
urlpatterns = [
    path("<slug:slug>/", views.edit, name="edit"),
    path("<slug:slug>/questions/", views.choose_questions, name="questions"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
    path("<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
