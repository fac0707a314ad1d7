"""Units and areas. A unit that is renamed or merged ends, and another begins: yesterday's reports keep their names."""

from django.db import models
from django.utils.translation import get_language

from cyberweek import state

_ENDINGS = (
    "土家族苗族自治县", "苗族土家族自治县", "土家族自治县", "新区", "区", "县", " District", " County", " New Area",
)  # fmt: skip
_SHORTEST = 2  # 忠县 stays whole: nobody calls it 忠


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

    @property
    def short_name(self) -> str:
        """The name as a tile has room for it: without what kind of area it is."""
        name = self.name
        short = (name.removesuffix(each) for each in _ENDINGS if name.endswith(each))
        return next((each for each in short if len(each) >= _SHORTEST), name)


class Alias(state.Draft):
    """Another way in which texts name a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "text"], name="units_alias_once")]
