from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    name = "cyberweek.rehearsal"
    label = "rehearsal"
    verbose_name = "彩排"
