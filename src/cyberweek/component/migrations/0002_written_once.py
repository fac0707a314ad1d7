"""What was published is never changed, by the database's own word."""

from django.db import migrations

from cyberweek.state import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("component", "0001_initial")]

    operations = [forbid_changes("component_release")]
