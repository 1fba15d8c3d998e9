from datetime import date

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("common", "0002_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="itemgrant", name="one_grant_of_a_kind"),
        migrations.AddField(
            model_name="itemgrant",
            name="occasion",
            field=models.CharField(
                blank=True,
                default="",
                help_text="such as agenda.meeting/12; empty where given by hand",
                max_length=40,
                verbose_name="缘由",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="signed_on",
            field=models.DateField(
                default=date(2026, 1, 1), help_text="of one on paper the day written there", verbose_name="签字日"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="agendaruleset",
            name="paper_characters",
            field=models.PositiveIntegerField(default=3000, verbose_name="呈报单正文字数上限"),
        ),
        migrations.AlterField(
            model_name="signature",
            name="signed_at",
            field=models.DateTimeField(help_text="of one on paper the time it was entered", verbose_name="签字时间"),
        ),
        migrations.AddConstraint(
            model_name="itemgrant",
            constraint=models.UniqueConstraint(
                fields=("person", "user", "permission", "content_object", "occasion"), name="one_grant_of_a_kind"
            ),
        ),
    ]
