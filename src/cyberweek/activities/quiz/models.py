"""The quiz's draft: which bank questions, by which blueprint, open when; and the classes that play it together."""

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


class Classroom(state.Draft):
    """A class that a teacher keeps together. Its name is for the console; facts have its number, pupils its code."""

    activity = models.ForeignKey("plan.Activity", models.CASCADE, related_name="classrooms")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="classrooms")
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ClassCode(state.Work):
    """What pupils type: the only thing of a class that public pages read. Closed, it admits nobody any more."""

    classroom = models.OneToOneField(Classroom, models.CASCADE, primary_key=True, related_name="code")
    activity = models.ForeignKey("plan.Activity", models.CASCADE, related_name="+")
    text = models.CharField(max_length=8, unique=True)
    closed_at = models.DateTimeField(null=True)
