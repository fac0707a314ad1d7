from django.apps import AppConfig


class PrizesConfig(AppConfig):
    name = "cyberweek.prizes"
    label = "prizes"
    verbose_name = "抽奖"
    default_auto_field = "django.db.models.BigAutoField"
