"""Trainings, consultancy, help desk."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0007_improvement"),
    ]

    operations = []
