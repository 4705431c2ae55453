"""Enrolment, who looks after whom, the line confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cabildo.db.immutable


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_agencies"),
        ("instruments", "0001_initial"),
        ("quality", "0002_entry"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("invitation", models.TextField(max_length=4000, verbose_name="texto de la invitación")),
                ("invited_on", models.DateField(verbose_name="se invitó el")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="aceptó el")),
                ("declined_on", models.DateField(blank=True, null=True, verbose_name="no aceptó el")),
                ("decline_reason", models.TextField(blank=True, max_length=2000, verbose_name="por qué no acepta")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="profesional del programa",
                    ),
                ),
                (
                    "validating_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                        verbose_name="organismo que valida",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscripción en el programa",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality",), name="quality_enrolled_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_on__isnull", True),
                                ("answered_by__isnull", True),
                                ("declined_on__isnull", True),
                            ),
                            models.Q(
                                ("accepted_on__isnull", False),
                                ("answered_by__isnull", False),
                                ("declined_on__isnull", True),
                            ),
                            models.Q(
                                ("accepted_on__isnull", True),
                                ("answered_by__isnull", False),
                                ("declined_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="quality_enrolment_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decline_reason", ""), ("declined_on__isnull", True)),
                            models.Q(("declined_on__isnull", False), models.Q(("decline_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="quality_enrolment_declined",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevellingActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("what", models.CharField(max_length=300, verbose_name="qué se hará")),
                ("held_on", models.DateField(verbose_name="cuándo")),
                ("who", models.CharField(max_length=160, verbose_name="a cargo de")),
                ("attendance", models.TextField(blank=True, max_length=2000, verbose_name="quiénes participaron")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="se hizo el")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="levelling", to="quality.cycle"
                    ),
                ),
                (
                    "diagnosis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.assessment"
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
                "verbose_name": "actividad de nivelación",
                "ordering": ["held_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("who", ""), _negated=True)),
                        name="quality_levelling_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True), models.Q(("attendance", ""), _negated=True), _connector="OR"
                        ),
                        name="quality_levelling_attended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("levelling", "Nivelación"),
                            ("progressive", "Mejoramiento Progresivo"),
                            ("accreditation", "Acreditación"),
                        ],
                        max_length=14,
                        verbose_name="línea que propuso el resultado",
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[
                            ("levelling", "Nivelación"),
                            ("progressive", "Mejoramiento Progresivo"),
                            ("accreditation", "Acreditación"),
                        ],
                        max_length=14,
                        verbose_name="línea",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="por qué")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="line_decisions", to="quality.cycle"
                    ),
                ),
                (
                    "diagnosis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.assessment"
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
                        to="quality.linedecision",
                    ),
                ),
            ],
            options={
                "verbose_name": "línea confirmada",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="quality_line_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("cycle",),
                        name="quality_first_line_once",
                    ),
                ],
            },
        ),
        cabildo.db.immutable.AppendOnly("quality_linedecision"),
    ]
