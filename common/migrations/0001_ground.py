"""What the tables need from PostgreSQL: exclusion over several columns, and Chinese orders by pinyin and by stroke."""

from django.contrib.postgres.operations import BtreeGistExtension, CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        CreateCollation("zh_pinyin", provider="icu", locale="zh-u-co-pinyin"),
        CreateCollation("zh_stroke", provider="icu", locale="zh-u-co-stroke"),
    ]
