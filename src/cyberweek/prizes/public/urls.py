"""Addresses of draws for residents."""

from django.urls import path

from cyberweek.prizes.public import claims, views

app_name = "prizes"
urlpatterns = [
    path("", views.draws, name="draws"),
    path("verify_draw.py", views.verifier, name="verifier"),
    path("<slug:slug>/", views.draw, name="draw"),
    path("<slug:slug>/mine/", views.mine, name="mine"),
    path("<slug:slug>/appeal/", views.appeal, name="appeal"),
    path("<slug:slug>/receipts/<slug:day>.json", views.receipt, name="receipt"),
    path("<slug:slug>/check/", views.check, name="check"),
    path("<slug:slug>/verify/", views.verify, name="verify"),
    path("<slug:slug>/sheet.json", views.sheet, name="sheet"),
    path("<slug:slug>/pack.json", views.pack, name="pack"),
    path("<slug:slug>/erasure.json", views.erasure, name="erasure"),
    path("<slug:slug>/claim/", claims.begin, name="claim"),
    path("<slug:slug>/claim/code/<str:token>/", claims.code, name="code"),
    path("<slug:slug>/claim/done/<str:token>/", claims.done, name="done"),
    path("<slug:slug>/claim/done/<str:token>/erase/", claims.erase, name="erase"),
]
