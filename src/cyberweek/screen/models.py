"""Displays that may show the command wall without anybody being signed in on them."""

from django.db import models

from cyberweek import state


class WallPass(state.Work):
    """A display that keeps the command wall open. The cookie's token is kept as a digest, so that the table opens nothing."""

    mark = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    seat = models.BigIntegerField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-given_at"]
