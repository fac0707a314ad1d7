"""Sheets being written, what was published of a draw, the ranks that may claim, claims and vouchers."""

from __future__ import annotations

from django.db import models

from cyberweek import state


class SheetDraft(state.Draft):
    """A rules sheet until the activity opens: the fields of `sheet.Sheet` as they are written."""

    activity = models.OneToOneField("plan.Activity", models.CASCADE, primary_key=True, related_name="sheet_draft")
    content = models.JSONField(default=dict)


class Published(state.Release):
    """Something that was published of a draw, for good: canonical bytes and their SHA-256."""

    class Kind(models.TextChoices):
        SHEET = "sheet"
        LIST = "list"
        PACK = "pack"
        ERASURE = "erasure"

    activity = models.ForeignKey("plan.Activity", models.PROTECT, related_name="draw_papers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "published_at"]


class Draw(state.Work):
    """How far a draw has come, and its secret, sealed; every figure of it is in facts and in what was published."""

    activity = models.OneToOneField("plan.Activity", models.PROTECT, primary_key=True, related_name="draw")
    stream = models.BigIntegerField()
    steps = models.PositiveIntegerField(default=0)
    secret = models.BinaryField()
    sheet = models.ForeignKey(Published, models.PROTECT, related_name="+")
    listed = models.ForeignKey(Published, models.PROTECT, null=True, related_name="+")
    pack = models.ForeignKey(Published, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)


class Block(state.Work):
    """A thousand neighbouring chances of a frozen list, so that a receipt needs one row and not the whole list."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="blocks")
    no = models.PositiveIntegerField()
    first = models.BinaryField()
    leaves = models.BinaryField()
    marks = models.JSONField(default=dict, help_text="reason by leaf in hexadecimal, for excluded chances")
    root = models.BinaryField()

    class Meta:
        ordering = ["draw", "no"]
        constraints = [models.UniqueConstraint(fields=["draw", "no"], name="prizes_block_once")]
        indexes = [models.Index(fields=["draw", "first"], name="prizes_block_first")]


class SourceValue(state.Work):
    """The value of a public source as one officer recorded it, until a second confirmed it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="source_values")
    name = models.CharField(max_length=120)
    value = models.CharField(max_length=300)
    recorded_by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "name"], name="prizes_source_once")]


class Ranked(state.Work):
    """A chance that may claim, with its rank and the prize that the rank has ('' for an alternate)."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="ranked")
    rank = models.PositiveIntegerField()
    leaf = models.BinaryField()
    prize = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["draw", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "rank"], name="prizes_rank_once"),
            models.UniqueConstraint(fields=["draw", "leaf"], name="prizes_leaf_once"),
        ]


class Claim(state.Person):
    """Somebody who claims: a sealed phone number, its mark, the consent, and what came of it."""

    class State(models.TextChoices):
        GRANTED = "granted"
        WAITING = "waiting"
        REPLACED = "replaced"
        UNLUCKY = "unlucky"

    campaign = models.ForeignKey("plan.Campaign", models.PROTECT, related_name="claims")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="claims")
    stream = models.BigIntegerField(help_text="the ledger stream of the claim's facts")
    leaf = models.BinaryField()
    rank = models.PositiveIntegerField(help_text="0 for an instant prize")
    phone = models.BinaryField()
    phone_mark = models.BinaryField()
    consent = models.CharField(max_length=64, help_text="SHA-256 of the words that were agreed to")
    consented_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    prize = models.CharField(max_length=40, blank=True)
    instead_of = models.PositiveIntegerField(default=0)
    address = models.BinaryField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "phone_mark"],
                condition=models.Q(state__in=["granted", "waiting"]),
                name="prizes_one_per_person",
            ),
            models.UniqueConstraint(
                fields=["draw", "leaf", "rank"], condition=~models.Q(state="replaced"), name="prizes_claim_once"
            ),
        ]


class Pending(state.Person):
    """A claim whose phone is not verified yet: the digest of the code that was sent, and how often it was tried."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="pending")
    leaf = models.BinaryField()
    rank = models.PositiveIntegerField()
    phone = models.BinaryField()
    phone_mark = models.BinaryField()
    consent = models.CharField(max_length=64)
    code_mark = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["phone_mark", "sent_at"], name="prizes_pending_phone")]


class Gone(state.Work):
    """A rank of a chance (0: the instant prize) whose claimant had everything about them deleted. Names nobody.

    Nobody claims for it again. `is_out`: the prize had reached the claimant, so no alternate gets it either.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="gone")
    leaf = models.BinaryField()
    rank = models.PositiveIntegerField()
    is_out = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "leaf", "rank"], name="prizes_gone_once")]


class Mark(state.Work):
    """A participant (a random key) whose papers showed a pattern, and what an officer decided about it."""

    class Decision(models.TextChoices):
        OPEN = ""
        STANDS = "stands"
        LIFTED = "lifted"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="marks")
    participant = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    papers = models.PositiveIntegerField()
    marked_at = models.DateTimeField()
    decision = models.CharField(max_length=6, choices=Decision.choices, default=Decision.OPEN, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["draw", "pk"]
        constraints = [models.UniqueConstraint(fields=["draw", "participant"], name="prizes_mark_once")]


class Appeal(state.Person):
    """What a marked participant wrote; deleted with everything else that is known of claimants."""

    mark = models.OneToOneField(Mark, models.CASCADE, related_name="appeal")
    text = models.CharField(max_length=500)
    written_at = models.DateTimeField()


class Voucher(state.Work):
    """A code of the stock, sealed; whoever it was given to is known only while the claim is."""

    activity = models.ForeignKey("plan.Activity", models.PROTECT, related_name="vouchers")
    prize = models.CharField(max_length=40)
    code = models.BinaryField()
    code_mark = models.BinaryField(unique=True)
    is_given = models.BooleanField(default=False)
    claim = models.OneToOneField(Claim, models.SET_NULL, null=True, related_name="voucher")

    class Meta:
        indexes = [models.Index(fields=["activity", "prize", "is_given", "id"], name="prizes_voucher_stock")]
