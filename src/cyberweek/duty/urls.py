"""Addresses of duty in the console."""

from django.urls import path

from cyberweek.duty.incidents import views as incidents

app_name = "duty"
urlpatterns = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.register, name="register"),
    path("incidents/<int:number>/", incidents.incident, name="incident"),
    path("incidents/<int:number>/grade/", incidents.grade, name="grade"),
    path("incidents/<int:number>/note/", incidents.note, name="note"),
    path("incidents/<int:number>/evidence/", incidents.keep, name="keep"),
    path("incidents/<int:number>/evidence/<int:pk>/", incidents.evidence, name="evidence"),
    path("incidents/<int:number>/told/", incidents.tell, name="tell"),
    path("incidents/<int:number>/reported/", incidents.report, name="report"),
    path("incidents/<int:number>/letters/<slug:kind>.docx", incidents.letter, name="letter"),
    path("incidents/<int:number>/take-away/<slug:slug>/", incidents.take_away, name="take_away"),
    path("incidents/<int:number>/handled/", incidents.handle, name="handle"),
    path("incidents/<int:number>/close/", incidents.close, name="close"),
]
