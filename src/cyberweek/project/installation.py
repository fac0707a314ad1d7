"""Make a database ready: tables, cache, units, the question bank. Running it again changes nothing that people did."""

from __future__ import annotations

from django.core.management import call_command

from cyberweek.project import address
from cyberweek.questions.services import load_bank
from cyberweek.units.services import load_units


def prepare() -> None:
    """Bring the database to the present version and load what every installation has."""
    address.var().mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    load_units()
    load_bank()
