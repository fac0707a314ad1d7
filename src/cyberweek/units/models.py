"""Units and areas. A unit that is renamed or merged ends, and another begins: yesterday's reports keep their names."""

from django.db import models
from django.utils.translation import get_language

from cyberweek import state


class Unit(state.Draft):
    """A department, an area or another body that has duties. `until` is the first day on which it is no more."""

    class Kind(models.TextChoices):
        OFFICE = "office"
        DEPARTMENT = "department"
        DISTRICT = "district"
        COUNTY = "county"
        ZONE = "zone"
        ASSOCIATION = "association"
        SCHOOL = "school"
        ENTERPRISE = "enterprise"
        COLLECTIVE = "collective"

    code = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged_from")
    row = models.PositiveSmallIntegerField(null=True, blank=True, help_text="place in the tile cartogram")
    column = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class Alias(state.Draft):
    """Another way in which texts name a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "text"], name="units_alias_once")]
