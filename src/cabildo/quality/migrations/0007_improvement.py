"""Stages 5 and 7."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0006_validation"),
    ]

    operations = []
