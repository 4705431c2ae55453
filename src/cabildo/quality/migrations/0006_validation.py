"""Stages 4 and 6."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0005_self_assessment"),
    ]

    operations = []
