"""Addresses for residents."""

from django.urls import path

from cyberweek.portal import transfer, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("programme/", views.programme, name="programme"),
    path("programme.ics", views.calendar_feed, name="calendar"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("activities/<slug:slug>/poster.png", views.poster, name="poster"),
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("my-data/", views.my_data, name="mydata"),
    path("my-data/erase/", views.erase, name="erase"),
    path("my-data/transfer/", transfer.give, name="transfer"),
    path("my-data/transfer/take/", transfer.take, name="transfer_take"),
    path("view/", views.set_view, name="view"),
    path("robots.txt", views.robots, name="robots"),
    path("site.webmanifest", views.manifest, name="manifest"),
]
