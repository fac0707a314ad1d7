"""Addresses of the console's own pages."""

from django.urls import path

from cyberweek.console import audit, campaigns, uploads, views

app_name = "console"
urlpatterns = [
    path("", views.today, name="today"),
    path("plan/", views.plan, name="plan"),
    path("plan/campaign.zip", views.plan_export, name="plan_export"),
    path("plan/campaigns/", campaigns.campaigns, name="campaigns"),
    path("plan/campaigns/<slug:slug>/", campaigns.campaign, name="campaign"),
    path("plan/campaigns/<slug:slug>/copy/", campaigns.copy, name="campaign_copy"),
    path("plan/campaigns/<slug:slug>/show/", campaigns.show, name="campaign_show"),
    path("plan/campaigns/<slug:slug>/throw-away/", campaigns.throw_away, name="campaign_throw_away"),
    path("plan/uploads/", uploads.uploads, name="uploads"),
    path("plan/uploads/<int:pk>/", uploads.upload, name="upload"),
    path("plan/uploads/<int:pk>/items/<str:path>/", uploads.item, name="upload_item"),
    path("plan/uploads/<int:pk>/items/<str:path>/remove/", uploads.remove, name="upload_remove"),
    path("plan/uploads/<int:pk>/items/<str:path>/undo/", uploads.undo, name="upload_undo"),
    path("plan/uploads/<int:pk>/accept/", uploads.accept, name="upload_accept"),
    path("plan/uploads/<int:pk>/discard/", uploads.discard, name="upload_discard"),
    path("plan/uploads/<int:pk>/confirm/", uploads.confirm, name="upload_confirm"),
    path("plan/uploads/<int:pk>/changes/", uploads.revise, name="upload_changes"),
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("units/", views.units, name="units"),
    path("audit/", audit.audit, name="audit"),
    path("audit/audit.<slug:kind>", audit.export, name="audit_export"),
    path("search/", views.search, name="search"),
]
