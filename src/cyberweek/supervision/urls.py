"""Addresses of tasks in the console."""

from django.urls import path

from cyberweek.supervision import task_page, views

app_name = "supervision"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/export.csv", views.export, name="export"),
    path("tasks/new/", views.new_task, name="new_task"),
    path("tasks/assign/", views.assign, name="assign"),
    path("tasks/sign-for/", views.sign_many, name="sign_many"),
    path("tasks/<int:pair>/", task_page.task, name="task"),
    path("tasks/<int:pair>/sign-for/", task_page.sign, name="sign"),
    path("tasks/<int:pair>/report/", task_page.report, name="report"),
    path("tasks/<int:pair>/photos/", task_page.add_photos, name="add_photos"),
    path("tasks/<int:pair>/photos/<int:pk>/", task_page.photo, name="photo"),
    path("tasks/<int:pair>/photos/<int:pk>/erase/", task_page.erase_photo, name="erase_photo"),
    path("tasks/<int:pair>/return/", task_page.give_back, name="return"),
    path("tasks/<int:pair>/close/", task_page.close, name="close"),
    path("tasks/<int:pair>/reopen/", task_page.reopen, name="reopen"),
    path("tasks/<int:pair>/due/", task_page.due, name="due"),
    path("tasks/<int:pair>/ask-extension/", task_page.ask_extension, name="ask_extension"),
    path("tasks/<int:pair>/refuse-extension/", task_page.refuse_extension, name="refuse_extension"),
    path("tasks/<int:pair>/urge/", task_page.urge, name="urge"),
    path("tasks/<int:pair>/withdraw/", task_page.withdraw, name="withdraw"),
    path("tasks/<int:pair>/take-back/", task_page.take_back, name="take_back"),
    path("tasks/<int:pair>/kind/", task_page.choose_kind, name="kind"),
]
