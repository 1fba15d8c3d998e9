"""The home of the logins that were there before: the committee where the login first was a person's own."""

import django.db.models.deletion
from django.db import migrations, models

FIRST_OWN = """
    UPDATE common_account a SET home_id = (
        SELECT f.committee_id FROM common_actingfor f WHERE f.account_id = a.id ORDER BY f.kind <> 'self', f.id LIMIT 1)
    WHERE home_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0003_homes_offers_and_claims")]
    operations = [
        migrations.RunSQL([FIRST_OWN, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AlterField(
            "account",
            "home",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="common.committee",
                verbose_name="开通的党委",
                help_text="resets and unlocks it",
            ),
        ),
    ]
