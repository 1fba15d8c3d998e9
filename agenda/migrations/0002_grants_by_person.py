from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="itemgrant",
            name="person",
            field=models.ForeignKey(on_delete=PROTECT, related_name="+", to="common.person"),
        ),
        migrations.AlterUniqueTogether(name="itemgrant", unique_together=set()),
        migrations.RemoveConstraint(model_name="itemgrant", name="one_grant_of_a_kind"),
        migrations.AddConstraint(
            model_name="itemgrant",
            constraint=models.UniqueConstraint(
                fields=["person", "user", "permission", "content_object"], name="one_grant_of_a_kind"
            ),
        ),
    ]
