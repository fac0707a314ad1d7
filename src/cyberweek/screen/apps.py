from django.apps import AppConfig


class ScreenConfig(AppConfig):
    name = "cyberweek.screen"
    label = "screen"
    verbose_name = "大屏"
    default_auto_field = "django.db.models.BigAutoField"
