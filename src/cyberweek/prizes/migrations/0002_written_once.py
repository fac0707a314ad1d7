"""What was published of a draw is never changed, by the database's own word."""

from django.db import migrations

from cyberweek.state import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("prizes", "0001_initial")]

    operations = [forbid_changes("prizes_published")]
