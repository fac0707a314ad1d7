"""Addresses of staff and of one's own account in the console."""

from django.urls import path

from cyberweek.people import enrolment_views, recovery_views, seat_views, session_views, views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sessions/", session_views.own, name="sessions"),
    path("account/sessions/others/end/", session_views.end_others, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", session_views.end, name="end_session"),
    path("sign-ins/", session_views.sign_ins, name="sign_ins"),
    path("recoveries/", recovery_views.recovery_list, name="recoveries"),
    path("recoveries/<int:pk>/approve/", recovery_views.approve, name="recovery_approve"),
    path("recoveries/<int:pk>/refuse/", recovery_views.refuse, name="recovery_refuse"),
    path("seats/", seat_views.seats, name="seats"),
    path("seats/list/", enrolment_views.upload, name="roster_upload"),
    path("seats/list/<int:pk>/", enrolment_views.dry_run, name="roster"),
    path("seats/list/<int:pk>/confirm/", enrolment_views.confirm, name="roster_confirm"),
    path("seats/list/<int:pk>/discard/", enrolment_views.discard, name="roster_discard"),
    path("seats/links/", enrolment_views.invitations, name="links"),
    path("seats/<int:pk>/", seat_views.seat, name="seat"),
    path("seats/<int:pk>/sign-out/", session_views.sign_out, name="sign_out"),
    path("seats/<int:pk>/hand-over/", seat_views.hand_over, name="hand_over"),
    path("staff/", views.staff, name="staff"),
    path("staff/<int:pk>/", views.person, name="person"),
    path("staff/<int:pk>/seats/", views.give_seat, name="give_seat"),
    path("staff/<int:pk>/seats/<int:holding>/end/", views.end_seat, name="end_seat"),
    path("staff/<int:pk>/password/", views.new_password, name="new_password"),
    path("staff/<int:pk>/close/", views.close, name="close"),
]
