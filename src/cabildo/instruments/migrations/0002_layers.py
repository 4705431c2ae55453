import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cabildo.db.immutable import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Layer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.SlugField(max_length=60, verbose_name="parte")),
                ("label", models.CharField(max_length=160, verbose_name="de quién")),
                ("sealed_at", models.DateTimeField(verbose_name="sellada el")),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="motivo de la corrección")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="layers", to="instruments.assessment"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="instruments.layer",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "capa de puntajes",
                "ordering": ["sealed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("previous__isnull", True)),
                        fields=("assessment", "party"),
                        name="instruments_first_layer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("previous__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="instruments_layer_correction_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LayerMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element", models.CharField(max_length=60)),
                ("score", models.SmallIntegerField(blank=True, null=True)),
                ("attributes", models.JSONField(blank=True, default=dict)),
                ("is_excluded", models.BooleanField(default=False, verbose_name="no aplica")),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="motivo")),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="instruments.layer"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
            ],
            options={
                "verbose_name": "puntaje de una capa",
                "constraints": [
                    models.UniqueConstraint(fields=("layer", "element"), name="instruments_one_layer_mark"),
                    models.CheckConstraint(
                        condition=models.Q(("is_excluded", False), ("score__isnull", True), _connector="OR"),
                        name="instruments_layer_mark_excluded",
                    ),
                ],
            },
        ),
        AppendOnly("instruments_layer"),
        AppendOnly("instruments_layermark"),
    ]
