"""Texts written by people, imported head-counts, and frozen editions."""

from django.db import models

from cyberweek import state


class Passage(state.Draft):
    """A text part of the summary, written by a person beside figures that nobody types."""

    campaign = models.ForeignKey("plan.Campaign", models.CASCADE, related_name="passages")
    heading = models.SlugField()
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "heading"], name="report_passage_once")]


class Edition(state.Release):
    """A frozen summary: ledger position, metric definitions, release digests, texts; canonical bytes and SHA-256."""

    campaign = models.ForeignKey("plan.Campaign", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    made_at = models.DateTimeField()
    chain_n = models.BigIntegerField()
    chain_digest = models.BinaryField()

    class Meta:
        ordering = ["campaign", "-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="report_edition_number")]
