"""Letters, and the ways by which each leaves the house."""

from django.db import models

from cyberweek import state


class Letter(state.Person):
    """A message to whoever holds a seat. `reason` is why there is one: the same reason makes no second one."""

    reason = models.CharField(max_length=120, unique=True)
    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="letters")
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["seat", "read_at"], name="letters_unread")]


class Delivery(state.Work):
    """A letter on its way to one person, by mail or by text. See postman.py for what the standings mean."""

    class Standing(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        UNSURE = "unsure"
        FAILED = "failed"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    staff = models.ForeignKey("people.Staff", models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.WAITING, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "staff", "channel"], name="letters_delivery_once")]
