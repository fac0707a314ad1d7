from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "cyberweek.questions"
    label = "questions"
    verbose_name = "题库"
    default_auto_field = "django.db.models.BigAutoField"
