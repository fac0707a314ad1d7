"""Staff, and the seats they hold. Participants have no row here: they are a random key in a signed ticket, which a code may
move to another device."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from cyberweek import state


class Staff(AbstractUser, state.Person):
    """Somebody who signs in. Name and address are erasable; facts name the seat, never the person."""

    email = models.EmailField(blank=True)
    session_round = models.PositiveIntegerField(default=0)
    phone = models.BinaryField(null=True, editable=False)  # sealed, see contacts.py

    class Meta:
        verbose_name = "staff"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be theirs; another round ends every session of the round before."""
        known = f"{self.password}:{self.session_round}" if self.session_round else self.password
        return salted_hmac("cyberweek.people.session", known, secret=secret, algorithm="sha256").hexdigest()


class Seat(state.Draft):
    """An office that acts: a role in a unit. Facts carry its number; who held it and when is a Holding."""

    class Role(models.TextChoices):
        ORGANISER = "organiser"
        LEAD = "lead"
        LIAISON = "liaison"
        JUROR = "juror"
        DUTY = "duty"
        REVIEWER = "reviewer"
        AUDITOR = "auditor"
        SYSTEM = "system"
        SECURITY = "security"
        AUDIT = "audit"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "role", "number"], name="people_seat_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.role} {self.number}"


class Holding(state.Person):
    """Who holds a seat, from when to when."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holdings")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]


class OneTimeLink(state.Person):
    """A link that lets somebody in once, as a keyed digest. See links.py."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8)
    mark = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Roster(state.Person):
    """A list of seats that came in and waits to be confirmed; forgotten as soon as it is, or the day after."""

    lines = models.JSONField()
    uploaded_at = models.DateTimeField()


class Recovery(state.Person):
    """Somebody lost the second factor, has proved the password, and asks for a way back. See recoveries.py."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        USED = "used"
        REFUSED = "refused"

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="recoveries")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="recoveries")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)

    class Meta:
        ordering = ["-asked_at"]


class Approval(state.Person):
    """One of the two who let somebody back in, and the seat under which they did."""

    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="approvals")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="approvals")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="approvals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recovery", "staff"], name="people_approval_once")]


class SignIn(state.Person):
    """Somebody signed in, or tried to: when, from which address and device, and how it ended. See sessions.py."""

    class Outcome(models.TextChoices):
        IN = "in"
        WRONG = "wrong"
        WRONG_CODE = "code"

    class End(models.TextChoices):
        SELF = "self"
        IDLE = "idle"
        LONG = "long"
        ENDED = "ended"

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="sign_ins")
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=200)
    session = models.CharField(max_length=40, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=5, choices=End.choices, blank=True)

    class Meta:
        ordering = ["-pk"]


class Transfer(state.Work):
    """A code that moves a ticket to another device, as a keyed digest. See transfers.py."""

    mark = models.CharField(max_length=64, unique=True)
    participant = models.BigIntegerField()
    until = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class WrongCode(state.Work):
    """A code that was not given, remembered for ten minutes under a keyed digest of the network it came from."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sender", "at"], name="people_wrong_code")]
