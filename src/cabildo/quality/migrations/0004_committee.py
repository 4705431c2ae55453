"""Stage 2: committee, its plans, good practices."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0003_programme"),
    ]

    operations = []
