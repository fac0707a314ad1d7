"""The campaign that a confirmed plan becomes: activities, theme days, division of tasks, deadlines."""

from django.db import models
from django.utils.translation import get_language

from cyberweek import state


class Named(models.Model):
    """A Chinese name with an English one that may be missing."""

    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class Summarised(Named):
    """A name and a few sentences."""

    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        return self.summary_en if get_language() == "en" and self.summary_en else self.summary_zh


class Campaign(Named, state.Draft):
    """One city's week."""

    slug = models.SlugField(unique=True)
    area = models.CharField(max_length=60)
    theme_zh = models.CharField(max_length=200, blank=True)
    theme_en = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    seed = models.CharField(max_length=60)
    launch_date = models.DateField(null=True, blank=True)
    launch_place_zh = models.CharField(max_length=200, blank=True)
    launch_place_en = models.CharField(max_length=200, blank=True)
    launch_items = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    record_no = models.CharField(max_length=60, blank=True)
    folder = models.JSONField(default=dict, blank=True, help_text="what the campaign folder held, for export")

    @property
    def theme(self) -> str:
        return self.theme_en if get_language() == "en" and self.theme_en else self.theme_zh

    @property
    def launch_place(self) -> str:
        return self.launch_place_en if get_language() == "en" and self.launch_place_en else self.launch_place_zh


class Activity(Summarised, state.Draft):
    """This city's quiz, expo, forum …"""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="activities")
    no = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    kind = models.CharField(max_length=30)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    place_zh = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["campaign", "no"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "slug"], name="plan_activity_slug"),
            models.UniqueConstraint(fields=["campaign", "no"], name="plan_activity_no"),
        ]

    @property
    def place(self) -> str:
        return self.place_en if get_language() == "en" and self.place_en else self.place_zh


class ActivityUnit(state.Draft):
    """A unit's part in an activity."""

    class Role(models.TextChoices):
        HOST = "host"
        GUIDE = "guide"
        ORGANISER = "organiser"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="unit_roles")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="activity_roles")
    role = models.CharField(max_length=12, choices=Role.choices)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["activity", "role", "order"]


class ThemeDay(Summarised, state.Draft):
    """A day of the week with a subject and those who lead it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="theme_days")
    date = models.DateField()
    slug = models.SlugField()
    colour = models.PositiveSmallIntegerField(default=1)
    leads = models.ManyToManyField("units.Unit", through="ThemeDayLead")

    class Meta:
        ordering = ["campaign", "date"]
        constraints = [models.UniqueConstraint(fields=["campaign", "slug"], name="plan_theme_day_slug")]


class ThemeDayLead(state.Draft):
    theme_day = models.ForeignKey(ThemeDay, models.CASCADE, related_name="lead_rows")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["theme_day", "order"]


class PlannedTask(state.Draft):
    """One task of a row in the division of tasks; every unit of the row has it. Row 0: from the office's own hand."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    row = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField()
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    collective = models.BooleanField(default=False)
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="tasks")
    due = models.DateField(null=True, blank=True)
    units = models.ManyToManyField("units.Unit", through="TaskUnit", related_name="planned_tasks")

    class Meta:
        ordering = ["campaign", "no"]
        constraints = [models.UniqueConstraint(fields=["campaign", "no"], name="plan_task_no")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_zh


class TaskUnit(state.Draft):
    """A unit–task pair: the unit leads the task, or supports those who do."""

    class Role(models.TextChoices):
        LEAD = "lead"
        SUPPORT = "support"

    task = models.ForeignKey(PlannedTask, models.CASCADE, related_name="task_units")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="task_units")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.LEAD)

    class Meta:
        ordering = ["task", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="plan_task_unit_once")]


class Deadline(state.Draft):
    """What has to be handed in to whom by when."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="deadlines")
    date = models.DateField()
    what_zh = models.CharField(max_length=200)
    what_en = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=200)
    channels = models.JSONField(default=list)

    class Meta:
        ordering = ["campaign", "date"]

    @property
    def what(self) -> str:
        return self.what_en if get_language() == "en" and self.what_en else self.what_zh


class PlanUpload(state.Draft):
    """A plan as it came in, what was understood, and what a person corrected; not yet a campaign."""

    filename = models.CharField(max_length=200)
    body = models.BinaryField()
    understood = models.JSONField()
    corrected = models.JSONField(default=dict)
    accepted = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="uploads")

    class Meta:
        ordering = ["-uploaded_at"]
