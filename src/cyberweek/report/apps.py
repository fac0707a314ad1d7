from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "cyberweek.report"
    label = "report"
    verbose_name = "总结"
    default_auto_field = "django.db.models.BigAutoField"
