from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "cyberweek.messages"
    label = "letters"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"
