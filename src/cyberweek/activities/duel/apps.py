from django.apps import AppConfig


class DuelConfig(AppConfig):
    name = "cyberweek.activities.duel"
    label = "duel"
    verbose_name = "在线对战"
    default_auto_field = "django.db.models.BigAutoField"
