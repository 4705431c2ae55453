from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("instruments", "0004_mapping")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="assessment",
            name="mark_mode",
            field=models.CharField(
                blank=True,
                choices=[("single", "con una sola nota"), ("attributes", "por atributos")],
                default="",
                max_length=10,
                verbose_name="cómo se puntúa",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark_mode__in", ["", "single", "attributes"])), name="instruments_assessment_mode"
            ),
        ),
    ]
