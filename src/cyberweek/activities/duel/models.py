"""The duel's draft: when it is open. Its questions are those of the bank that can be read in ten seconds."""

from django.db import models

from cyberweek import state


class Duel(state.Draft):
    """The settings of one campaign's duel until they are published."""

    activity = models.OneToOneField("plan.Activity", models.CASCADE, primary_key=True, related_name="duel")
    opens = models.DateTimeField()
    closes = models.DateTimeField()
