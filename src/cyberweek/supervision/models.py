"""Which stream belongs to which unit's task, what kind of task it is, and what people wrote and showed with their acts."""

from django.db import models

from cyberweek import state


class Assignment(state.Work):
    """A unit's task and the stream of what happened to it."""

    pair = models.OneToOneField("plan.TaskUnit", models.PROTECT, primary_key=True, related_name="assignment")
    stream = models.BigIntegerField(unique=True)


class ChosenKind(state.Draft):
    """The kind of task that the office chose, where the words of the plan would say another."""

    task = models.OneToOneField("plan.PlannedTask", models.CASCADE, primary_key=True, related_name="chosen_kind")
    kind = models.CharField(max_length=12)


class Statement(state.Person):
    """What somebody wrote with an act, as canonical JSON; the act's fact names it by its digest. See evidence.Said."""

    pair = models.ForeignKey("plan.TaskUnit", models.CASCADE, related_name="statements")
    digest = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "digest"], name="supervision_statement_once")]


class Photo(state.Person):
    """A photo of what was done, as photos.py prepared it; `looks` are the marks by which copies are found."""

    pair = models.ForeignKey("plan.TaskUnit", models.CASCADE, related_name="photos")
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    thumb = models.BinaryField()
    looks = models.CharField(max_length=16)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pair", "digest"], name="supervision_photo_once")]


class SavedView(state.Draft):
    """Filters that are kept under a name, for whoever holds the seat."""

    seat = models.ForeignKey("people.Seat", models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["seat", "name"], name="supervision_view_once")]
