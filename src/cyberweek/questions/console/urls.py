"""Addresses of the bank for organisers."""

from django.urls import path

from cyberweek.questions.console import files, reviewing, standing, views

app_name = "bank"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("ask/", views.ask, name="ask"),
    path("alike/", standing.alike, name="alike"),
    path("statistics/", standing.statistics, name="statistics"),
    path("questions/<slug:code>/", views.question, name="question"),
    path("questions/<slug:code>/edit/", views.edit, name="edit"),
    path("questions/<slug:code>/remove/", views.remove, name="remove"),
    path("questions/<slug:code>/send-back/", reviewing.send_back, name="send_back"),
    path("review/", reviewing.queue, name="queue"),
    path("review/approve/", reviewing.approve, name="approve"),
    path("export/", files.exports, name="exports"),
    path("export/<slug:name>/", files.export, name="export"),
    path("import/", files.uploads, name="uploads"),
    path("import/<int:pk>/", files.upload, name="upload"),
    path("import/<int:pk>/topics/", files.topics, name="topics"),
    path("import/<int:pk>/confirm/", files.confirm, name="confirm"),
    path("import/<int:pk>/discard/", files.discard, name="discard"),
]
