"""Enrolment, who looks after whom, the line confirmed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0002_entry"),
    ]

    operations = []
