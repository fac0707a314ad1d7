"""Legal figures as dated packs of data. Code asks what held on a day; it never writes a figure down itself."""

from cyberweek.kernel.regulations.packs import (
    Demand,
    Figure,
    IncidentRules,
    Law,
    Pack,
    Threshold,
    UnknownLaw,
    citation,
    in_force,
    pack_on,
)

__all__ = [
    "Demand",
    "Figure",
    "IncidentRules",
    "Law",
    "Pack",
    "Threshold",
    "UnknownLaw",
    "citation",
    "in_force",
    "pack_on",
]
