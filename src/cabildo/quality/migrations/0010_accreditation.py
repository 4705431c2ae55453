"""The accreditation line: services, and sealed points of both sides."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cabildo.db.immutable import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_agencies"),
        ("content", "0001_initial"),
        ("quality", "0009_report"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PointsLayer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("declared", "declarados"), ("validated", "validados")],
                        max_length=9,
                        verbose_name="de quién son",
                    ),
                ),
                ("paper", models.CharField(max_length=200, verbose_name="documento que los respalda")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="motivo de la corrección")),
                ("sealed_at", models.DateTimeField(verbose_name="sellados el")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points_layers", to="quality.cycle"
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
                        to="quality.pointslayer",
                    ),
                ),
                (
                    "read",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality.pointslayer",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.packversion"
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "puntos de acreditación",
                "ordering": ["sealed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("previous__isnull", True)), fields=("cycle", "side"), name="quality_first_points"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous__isnull", True), ("reason", "")),
                            models.Q(("previous__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="quality_points_correction_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read__isnull", True), ("side", "declared")),
                            models.Q(("read__isnull", False), ("side", "validated")),
                            _connector="OR",
                        ),
                        name="quality_points_read",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper", ""), _negated=True), name="quality_points_paper"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("name", models.CharField(max_length=160, verbose_name="nombre del servicio")),
                ("delivers", models.TextField(max_length=2000, verbose_name="qué entrega")),
                ("reason", models.TextField(max_length=2000, verbose_name="por qué se eligió")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="quality.cycle"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="dirección responsable",
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
                "verbose_name": "servicio presentado",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "name"), name="quality_service_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("delivers", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="quality_service_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Points",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.CharField(blank=True, max_length=60)),
                ("label", models.CharField(max_length=160)),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=7,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="puntos",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="quality.pointslayer"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="quality.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "puntos",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("service__isnull", True), models.Q(("total", ""), _negated=True)),
                            models.Q(("service__isnull", False), ("total", "")),
                            _connector="OR",
                        ),
                        name="quality_points_of_one",
                    ),
                    models.CheckConstraint(condition=models.Q(("points__gte", 0)), name="quality_points_positive"),
                    models.UniqueConstraint(
                        condition=models.Q(("service__isnull", True)), fields=("layer", "total"), name="quality_points_total"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("service__isnull", False)),
                        fields=("layer", "service"),
                        name="quality_points_service",
                    ),
                ],
            },
        ),
        AppendOnly("quality_pointslayer"),
        AppendOnly("quality_points"),
    ]
