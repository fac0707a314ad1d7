"""Addresses of the report in the console."""

from django.urls import path

from cyberweek.report import views

app_name = "report"
urlpatterns = [
    path("report/", views.summary, name="summary"),
    path("report/passages/", views.passage, name="passage"),
    path("report/head-counts/", views.head_count, name="head_count"),
    path("report/head-counts/<int:n>/void/", views.void, name="void"),
    path("report/editions/", views.make, name="make"),
    path("report/editions/<int:number>/", views.edition, name="edition"),
    path("report/editions/<int:number>/summary.docx", views.docx, name="docx"),
    path("report/editions/<int:number>/figures.xlsx", views.xlsx, name="xlsx"),
    path("report/editions/<int:number>/edition.json", views.json, name="json"),
]
