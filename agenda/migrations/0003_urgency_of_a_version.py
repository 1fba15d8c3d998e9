from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_grants_by_person")]

    operations = [
        migrations.AddField(
            model_name="urgentrequest",
            name="version",
            field=models.ForeignKey(on_delete=PROTECT, related_name="+", to="agenda.itemversion"),
        ),
        migrations.AddField(
            model_name="urgentapproval",
            name="version",
            field=models.ForeignKey(on_delete=PROTECT, related_name="+", to="agenda.itemversion"),
        ),
    ]
