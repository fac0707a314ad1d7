"""Addresses of draws in the console."""

from django.urls import path

from cyberweek.prizes.console import views

app_name = "prizes_console"
urlpatterns = [
    path("", views.draws, name="draws"),
    path("<slug:slug>/", views.draw, name="draw"),
    path("<slug:slug>/sheet/", views.sheet, name="sheet"),
    path("<slug:slug>/drop/", views.drop, name="drop"),
    path("<slug:slug>/stock/", views.stock, name="stock"),
    path("<slug:slug>/list/", views.freeze_list, name="list"),
    path("<slug:slug>/marks/", views.marks, name="marks"),
    path("<slug:slug>/marks/look/", views.look, name="look"),
    path("<slug:slug>/marks/<int:pk>/", views.decide, name="decide"),
    path("<slug:slug>/source/", views.source, name="source"),
    path("<slug:slug>/source/forget/", views.forget_source, name="forget_source"),
    path("<slug:slug>/hold/", views.hold, name="hold"),
    path("<slug:slug>/day-keys/", views.day_keys, name="day_keys"),
    path("<slug:slug>/addresses.csv", views.addresses, name="addresses"),
    path("<slug:slug>/sent/", views.sent, name="sent"),
    path("<slug:slug>/settle/", views.settle, name="settle"),
    path("<slug:slug>/erase/", views.erase, name="erase"),
]
