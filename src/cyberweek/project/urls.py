"""Every address of the house. Residents' pages exist in Chinese (no prefix) and English (/en/)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
