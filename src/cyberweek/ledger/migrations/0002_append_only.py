"""Facts are never changed; the chain begins at zero."""

from django.db import migrations

from cyberweek.ledger.fact import GENESIS
from cyberweek.state import forbid_changes


def begin_chain(apps, _editor):
    apps.get_model("ledger", "Head").objects.create(id=1, n=0, digest=GENESIS)
    apps.get_model("ledger", "Position").objects.create(name="tallies", n=0)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(begin_chain, migrations.RunPython.noop), forbid_changes("ledger_fact")]
