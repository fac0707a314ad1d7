"""Addresses of staff and of one's own account in the console."""

from django.urls import path

from cyberweek.people import views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("staff/", views.staff, name="staff"),
    path("staff/<int:pk>/", views.person, name="person"),
    path("staff/<int:pk>/seats/", views.give_seat, name="give_seat"),
    path("staff/<int:pk>/seats/<int:holding>/end/", views.end_seat, name="end_seat"),
    path("staff/<int:pk>/second-factor/", views.reset_second_factor, name="reset_second_factor"),
    path("staff/<int:pk>/password/", views.new_password, name="new_password"),
    path("staff/<int:pk>/close/", views.close, name="close"),
]
