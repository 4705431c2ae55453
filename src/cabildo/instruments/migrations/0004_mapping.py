import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("instruments", "0003_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="mapping",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.packversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("mapping__isnull", True), ("previous__isnull", False), _connector="OR"),
                name="instruments_mapping_of_previous",
            ),
        ),
    ]
