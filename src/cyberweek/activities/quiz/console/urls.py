"""Addresses of the quiz for organisers."""

from django.urls import path

from cyberweek.activities.quiz.console import area_views, class_views, views

app_name = "quiz_console"
urlpatterns = [
    path("classes/", class_views.all_classes, name="classes"),
    path("<slug:slug>/", views.edit, name="edit"),
    path("<slug:slug>/questions/", views.choose_questions, name="questions"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
    path("<slug:slug>/publish/", views.publish, name="publish"),
    path("<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/districts/", area_views.areas, name="areas"),
    path("<slug:slug>/classes/", class_views.classes, name="activity_classes"),
    path("<slug:slug>/classes/<int:pk>/", class_views.classroom, name="class"),
    path("<slug:slug>/classes/<int:pk>/close/", class_views.close, name="close_class"),
    path("<slug:slug>/classes/<int:pk>/open/", class_views.reopen, name="open_class"),
]
