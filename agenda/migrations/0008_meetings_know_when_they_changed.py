from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0007_items_in_office_punctuation'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='changed_at',
            field=models.DateTimeField(default=datetime(2026, 1, 1, tzinfo=UTC), help_text='of plan, agenda or attendants; later than the last notice: tell again', verbose_name='改动时间'),
            preserve_default=False,
        ),
    ]
