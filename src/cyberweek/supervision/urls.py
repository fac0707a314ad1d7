"""Addresses of tasks in the console."""

from django.urls import path

from cyberweek.supervision import views

app_name = "supervision"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/export.csv", views.export, name="export"),
    path("tasks/assign/", views.assign, name="assign"),
    path("tasks/sign-for/", views.sign_many, name="sign_many"),
    path("tasks/<int:pair>/", views.task, name="task"),
    path("tasks/<int:pair>/sign-for/", views.sign, name="sign"),
    path("tasks/<int:pair>/close/", views.close, name="close"),
    path("tasks/<int:pair>/reopen/", views.reopen, name="reopen"),
    path("tasks/<int:pair>/due/", views.due, name="due"),
]
