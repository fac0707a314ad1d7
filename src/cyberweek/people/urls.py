"""Addresses of staff and their seats in the console."""

from django.urls import path

from cyberweek.people import views

app_name = "people"
urlpatterns = [
    path("staff/", views.staff, name="staff"),
    path("staff/add/", views.add, name="add"),
    path("staff/<int:pk>/seat/", views.give_seat, name="give_seat"),
    path("staff/<int:pk>/second-factor/", views.reset_second_factor, name="reset_second_factor"),
    path("staff/<int:pk>/close/", views.close, name="close"),
    path("holdings/<int:pk>/end/", views.end_seat, name="end_seat"),
]
