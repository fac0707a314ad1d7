"""Releases and the pointer that says which one people see."""

from django.db import models

from cyberweek import state


class Release(state.Release):
    """A published snapshot: canonical bytes and their SHA-256."""

    activity = models.ForeignKey("plan.Activity", models.PROTECT, related_name="releases")
    kind = models.TextField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="component_release_number")]
        ordering = ["activity", "number"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Visibility(state.Work):
    """What people see of an activity: a release, or nothing after withdrawal."""

    activity = models.OneToOneField("plan.Activity", models.PROTECT, primary_key=True, related_name="visibility")
    release = models.ForeignKey(Release, models.PROTECT, null=True)
    withdrawn = models.BooleanField(default=False)
    stream = models.BigIntegerField(help_text="the ledger stream of the activity's official acts")
    steps = models.PositiveIntegerField(default=0)
