"""Addresses of tasks in the console."""

from django.urls import path

from cyberweek.supervision import bulk, exchange, task_page, views

app_name = "supervision"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/board/", views.board, name="board"),
    path("tasks/calendar/", views.calendar, name="calendar"),
    path("tasks/units/<slug:code>/", views.unit, name="unit"),
    path("tasks/text/", views.text, name="text"),
    path("tasks/export.xlsx", views.export, name="export"),
    path("tasks/notice.docx", views.notice_draft, name="notice"),
    path("tasks/import/", exchange.import_sheet, name="import"),
    path("tasks/import/confirm/", exchange.import_confirm, name="import_confirm"),
    path("tasks/new/", bulk.new_task, name="new_task"),
    path("tasks/assign/", bulk.assign, name="assign"),
    path("tasks/many/", bulk.act_on_many, name="many"),
    path("tasks/undo/", bulk.undo, name="undo"),
    path("tasks/views/", bulk.save_view, name="save_view"),
    path("tasks/views/<int:pk>/remove/", bulk.remove_view, name="remove_view"),
    path("tasks/<int:pair>/sheet/", views.one_pager, name="one_pager"),
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
