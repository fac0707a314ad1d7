"""Which stream belongs to which unit's task."""

from django.db import models

from cyberweek import state


class Assignment(state.Work):
    """A unit's task and the stream of what happened to it."""

    pair = models.OneToOneField("plan.TaskUnit", models.PROTECT, primary_key=True, related_name="assignment")
    stream = models.BigIntegerField(unique=True)
