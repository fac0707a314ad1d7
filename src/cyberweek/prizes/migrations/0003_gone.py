"""A chance whose claimant was erased is remembered, so that its prize is not given a second time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("prizes", "0002_written_once")]

    operations = [
        migrations.CreateModel(
            name="Gone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("leaf", models.BinaryField()),
                ("rank", models.PositiveIntegerField()),
                ("is_out", models.BooleanField()),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gone", to="prizes.draw"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draw", "leaf", "rank"), name="prizes_gone_once")],
            },
        ),
    ]
