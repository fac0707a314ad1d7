"""Incidents with what was written and kept about them. What happened to one is its stream of facts."""

from django.db import models

from cyberweek import state


class Incident(state.Draft):
    """Something that went wrong, or a drill. `measures` are the figures by which it is graded, as far as they are known."""

    campaign = models.ForeignKey("plan.Campaign", models.PROTECT, related_name="incidents")
    number = models.PositiveIntegerField()
    stream = models.BigIntegerField(unique=True)
    activity = models.ForeignKey("plan.Activity", models.SET_NULL, null=True, blank=True, related_name="incidents")
    measures = models.JSONField(default=dict)
    is_drill = models.BooleanField(default=False)

    class Meta:
        ordering = ["campaign", "-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="duty_incident_number")]


class Statement(state.Person):
    """What somebody wrote about an incident, with a salt; a fact names it by its digest. Erasing leaves the fact."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="statements")
    digest = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "digest"], name="duty_statement_once")]


class Evidence(state.Person):
    """A file that shows what happened, exactly as it came in; it may name people, or be what did the harm."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="evidence")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    body = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incident", "digest"], name="duty_evidence_once")]
