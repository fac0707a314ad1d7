from django.apps import AppConfig


class ComponentConfig(AppConfig):
    name = "cyberweek.component"
    label = "component"
    verbose_name = "活动部件"
    default_auto_field = "django.db.models.BigAutoField"
