"""The bank's drafts. A quiz copies questions into its snapshot; it never reads these in public."""

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
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class Question(state.Draft):
    """One question. `options` and `answer` mean: single, multiple – options and right positions; truth – answer [0] is
    true, [1] false; tap – segments of one text and the positions that are wrong."""

    class Kind(models.TextChoices):
        SINGLE = "single"
        MULTIPLE = "multiple"
        TRUTH = "truth"
        TAP = "tap"

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
