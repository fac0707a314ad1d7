"""Addresses of the quiz for residents."""

from django.urls import path

from cyberweek.activities.quiz.public import area_views, class_views, views

app_name = "quiz"
urlpatterns = [
    path("<slug:slug>/", views.play, name="play"),
    path("<slug:slug>/area/", views.say_area, name="area"),
    path("<slug:slug>/class/", class_views.enter, name="enter"),
    path("<slug:slug>/class/<str:code>/", class_views.play_in_class, name="class"),
    path("<slug:slug>/districts/", area_views.districts, name="districts"),
]
