"""Addresses of the console's own pages."""

from django.urls import path

from cyberweek.console import views

app_name = "console"
urlpatterns = [
    path("", views.today, name="today"),
    path("plan/", views.plan, name="plan"),
    path("plan/campaign.zip", views.plan_export, name="plan_export"),
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("units/", views.units, name="units"),
    path("audit/", views.audit, name="audit"),
    path("search/", views.search, name="search"),
]
