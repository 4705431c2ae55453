"""The report of the self-assessment and its sending."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0008_learning"),
    ]

    operations = []
