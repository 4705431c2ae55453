"""Stage 3."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0004_committee"),
    ]

    operations = []
