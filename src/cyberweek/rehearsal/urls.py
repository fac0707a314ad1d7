"""The address of what a rehearsal found."""

from django.urls import path

from cyberweek.rehearsal import views

app_name = "rehearsal"
urlpatterns = [path("rehearsal/", views.findings, name="findings")]
