"""A notice tells a unit what it has to do by a decision, with all its matters on one paper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0003_places_and_frozen_divisions"),
        ("decisions", "0003_secretary_meeting_never_votes"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="decisionnotice", name="one_notice_per_unit"),
        migrations.RemoveField(model_name="decisionnotice", name="matter"),
        # Nothing has been issued yet anywhere: the table is empty.
        migrations.AddField(
            model_name="decisionnotice",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="decisions.decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionnotice",
            constraint=models.UniqueConstraint(fields=("minutes", "decision", "unit"), name="one_notice_per_unit"),
        ),
    ]
