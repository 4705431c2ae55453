"""Stage 3."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0003_sheets"),
        ("quality", "0004_committee"),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='self_assessment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.assessment'),
        ),
    ]
