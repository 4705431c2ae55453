"""What each cycle obtained, kept to be added up with others; and the consent to be compared."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cabildo.db.immutable import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_agencies"),
        ("content", "0001_initial"),
        ("instruments", "0002_layers"),
        ("quality", "0010_accreditation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CycleResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[("declared", "declarado"), ("validated", "validado")],
                        max_length=9,
                        verbose_name="de qué",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="año en que se declaró")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="quality.cycle"
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.layer"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.packversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "resultado de un ciclo",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "basis"), name="quality_result_once"),
                ],
                "indexes": [
                    models.Index(fields=["version", "basis"], name="quality_result_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResultPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(blank=True, max_length=60)),
                ("subcriterion", models.CharField(blank=True, max_length=60)),
                ("points", models.CharField(max_length=60)),
                ("maximum", models.CharField(max_length=60)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="quality.cycleresult"
                    ),
                ),
            ],
            options={
                "verbose_name": "resultado de una parte",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("result", "criterion", "subcriterion"), name="quality_result_part_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subcriterion", ""), models.Q(("criterion", ""), _negated=True), _connector="OR"),
                        name="quality_result_part_of_criterion",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenchmarkConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("named", "Con el nombre de la municipalidad"),
                            ("anonymous", "Sin nombre, dentro del conjunto"),
                            ("nothing", "Nada: no se compara"),
                        ],
                        max_length=9,
                        verbose_name="qué se comparte",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="desde")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién decidió",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="quality.benchmarkconsent",
                    ),
                ),
            ],
            options={
                "verbose_name": "autorización para comparar",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("municipality",),
                        name="quality_first_consent_once",
                    )
                ],
            },
        ),
        AppendOnly("quality_benchmarkconsent"),
    ]
