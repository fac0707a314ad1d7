"""Addresses of messages in the console."""

from django.urls import path

from cyberweek.messages import views

app_name = "letters"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/<int:pk>/", views.open_letter, name="open"),
    path("post/", views.post, name="post"),
    path("post/<int:pk>/again/", views.send_again, name="send_again"),
]
