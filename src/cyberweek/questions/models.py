"""The bank's drafts, the trail of what people did to each, and uploads that wait. A quiz copies questions into its snapshot;
it never reads these in public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from cyberweek import state


class Topic(state.Draft):
    code = models.SlugField(primary_key=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    advice_zh = models.TextField(blank=True)
    advice_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


class Question(state.Draft):
    """One question. `options` and `answer` mean: single, multiple – options and right positions; truth – answer [0] is
    true, [1] false; tap – segments of one text and the positions that are wrong.

    `digest` is the SHA-256 of what it says, `bundle_digest` of what the bundle last said: while both are the same, nobody
    has changed it."""

    class Kind(models.TextChoices):
        SINGLE = "single"
        MULTIPLE = "multiple"
        TRUTH = "truth"
        TAP = "tap"

    class Stage(models.TextChoices):
        WRITING = "writing"
        WAITING = "waiting"
        REVIEWED = "reviewed"

    code = models.SlugField(unique=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    situational = models.BooleanField(default=False)
    difficulty = models.PositiveSmallIntegerField(default=1)
    stem = models.TextField()
    options = models.JSONField(default=list, blank=True)
    answer = models.JSONField()
    explanation = models.TextField()
    source = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WRITING)
    digest = models.CharField(max_length=64, blank=True)
    bundle_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.stem[:40]}"


class Basis(state.Draft):
    """A law's article that makes the answer right, and the days on which it did."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="bases")
    law = models.SlugField()
    article = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]


class Step(state.Draft):
    """What a seat did to a question, when, and what the question said then. The people behind it are who held the seat."""

    class Act(models.TextChoices):
        WROTE = "wrote"
        IMPORTED = "imported"
        CHANGED = "changed"
        ASKED = "asked"
        PASSED = "passed"
        RETURNED = "returned"

    question = models.ForeignKey(Question, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act.choices)
    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]


class BankUpload(state.Work):
    """A file of questions as it came in and what was read in it; gone once it is confirmed or thrown away.

    `topics` says for each name that the file uses which topic of the bank is meant."""

    filename = models.CharField(max_length=200)
    body = models.BinaryField()
    read = models.BinaryField()
    topics = models.JSONField(default=dict, blank=True)
    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
