"""The quiz's draft: which bank questions, by which blueprint, open when."""

from django.db import models

from cyberweek import state


class Quiz(state.Draft):
    """The settings of one campaign's quiz until they are published."""

    activity = models.OneToOneField("plan.Activity", models.CASCADE, primary_key=True, related_name="quiz")
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    pass_percent = models.PositiveSmallIntegerField(default=80)
    blueprint = models.JSONField(default=list, help_text='[{"topic": "law", "count": 3}, …]')
    chosen = models.ManyToManyField("questions.Question", through="ChosenQuestion", related_name="quizzes")


class ChosenQuestion(state.Draft):
    """A question of the bank that this quiz uses."""

    quiz = models.ForeignKey(Quiz, models.CASCADE)
    question = models.ForeignKey("questions.Question", models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")]
