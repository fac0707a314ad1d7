from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "cyberweek.certificates"
    label = "certificates"
    verbose_name = "证书"
    default_auto_field = "django.db.models.BigAutoField"
