"""Stage 2: committee, its plans, good practices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_declared_where"),
        ("meetings", "0001_initial"),
        ("plans", "0002_revised_rows"),
        ("quality", "0003_programme"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.body"
                    ),
                ),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="committee", to="quality.cycle"
                    ),
                ),
                (
                    "launch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
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
                "verbose_name": "Comité de Mejora",
            },
        ),
        migrations.CreateModel(
            name="InterventionMethod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("diagnostico", "Diagnóstico"),
                            ("ingreso", "Ingreso al programa"),
                            ("comite", "Comité de Mejora"),
                            ("autoevaluacion", "Autoevaluación"),
                            ("validacion_autoevaluacion", "Validación de la autoevaluación"),
                            ("diseno_plan", "Diseño del Plan de Mejoras"),
                            ("validacion_plan", "Validación del Plan de Mejoras"),
                            ("implementacion", "Implementación del Plan de Mejoras"),
                        ],
                        max_length=30,
                        verbose_name="etapa",
                    ),
                ),
                ("people", models.TextField(max_length=2000, verbose_name="quiénes participan")),
                ("how", models.TextField(max_length=4000, verbose_name="cómo se trabaja")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="methods", to="quality.cycle"
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
                "verbose_name": "metodología de intervención",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MethodDepartment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involved",
                        to="quality.interventionmethod",
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
                "constraints": [
                    models.UniqueConstraint(fields=("method", "department"), name="quality_method_department_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="interventionmethod",
            name="departments",
            field=models.ManyToManyField(
                related_name="+", through="quality.MethodDepartment", to="accounts.department"
            ),
        ),
        migrations.CreateModel(
            name="ChannelReach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.plannode"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.department"
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
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "department"), name="quality_channel_reach_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[("stages", "las etapas del programa"), ("plan", "el Plan de Mejoras")],
                        max_length=6,
                        verbose_name="qué se sigue",
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="qué se revisa")),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("week", "cada semana"),
                            ("fortnight", "cada dos semanas"),
                            ("month", "cada mes"),
                            ("two_months", "cada dos meses"),
                            ("quarter", "cada tres meses"),
                        ],
                        max_length=11,
                        verbose_name="cada cuánto",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="primera revisión")),
                ("when_late", models.TextField(max_length=2000, verbose_name="qué se hace si hay atraso")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="quality.cycle"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién revisa",
                    ),
                ),
            ],
            options={
                "verbose_name": "seguimiento",
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True), models.Q(("when_late", ""), _negated=True)
                        ),
                        name="quality_follow_up_told",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GoodPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="nombre de la práctica")),
                ("what", models.TextField(max_length=4000, verbose_name="qué se hace")),
                ("since_on", models.DateField(verbose_name="desde cuándo")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="publicada el")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="a quién preguntar",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="quality.cycle"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="dirección o unidad",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "buena práctica",
                "ordering": ["-published_on", "-pk"],
                "indexes": [
                    models.Index(fields=["municipality", "published_on", "id"], name="quality_practice_published")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_by__isnull", True), ("published_on__isnull", True)),
                            models.Q(("published_by__isnull", False), ("published_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="quality_practice_published_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("what", ""), _negated=True)
                        ),
                        name="quality_practice_told",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="interventionmethod",
            constraint=models.UniqueConstraint(fields=("cycle", "stage"), name="quality_method_stage"),
        ),
        migrations.AddConstraint(
            model_name="interventionmethod",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("people", ""), _negated=True), models.Q(("how", ""), _negated=True)),
                name="quality_method_told",
            ),
        ),
    ]
