from django.apps import AppConfig


class QuizConfig(AppConfig):
    name = "cyberweek.activities.quiz"
    label = "quiz"
    verbose_name = "有奖知识问答"
    default_auto_field = "django.db.models.BigAutoField"
