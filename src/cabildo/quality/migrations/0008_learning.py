"""Trainings, consultancy, help desk."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_agencies"),
        ("meetings", "0001_initial"),
        ("quality", "0007_improvement"),
        ("workflow", "0003_run_leader"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("firm", models.CharField(max_length=160, verbose_name="empresa o persona contratada")),
                ("tender_number", models.CharField(max_length=60, verbose_name="número de la licitación")),
                ("awarded_on", models.DateField(verbose_name="se adjudicó el")),
                ("contract_number", models.CharField(max_length=60, verbose_name="número del contrato")),
                ("starts_on", models.DateField(verbose_name="primer día del contrato")),
                ("ends_on", models.DateField(verbose_name="último día del contrato")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminó el")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "verbose_name": "consultoría",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "contract_number"), name="quality_contract_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("firm", ""), _negated=True),
                            models.Q(("tender_number", ""), _negated=True),
                            models.Q(("contract_number", ""), _negated=True),
                        ),
                        name="quality_consultancy_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            ("starts_on__gte", models.F("awarded_on")),
                            models.Q(("ended_on__isnull", True), ("ended_on__gte", models.F("starts_on")), _connector="OR"),
                        ),
                        name="quality_consultancy_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultancyMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="desde")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="hasta")),
                (
                    "consultancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="quality.consultancy"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultor",
                "ordering": ["user__full_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("consultancy", "user"),
                        name="quality_consultant_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="quality_consultant_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultancyPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="desde")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="hasta")),
                (
                    "consultancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="quality.consultancy"
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
                "verbose_name": "municipalidad de la consultoría",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)), fields=("municipality",), name="quality_one_consultancy"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="quality_covered_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=160, verbose_name="de qué se trata")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "por responder"), ("answered", "respondida"), ("closed", "cerrada")],
                        default="asked",
                        max_length=8,
                        verbose_name="estado",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="se preguntó el")),
                ("days", models.PositiveSmallIntegerField(verbose_name="días hábiles")),
                ("due_on", models.DateField(verbose_name="se responde a más tardar el")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="se respondió el")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién responde",
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
                "verbose_name": "consulta al programa",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "year", "number"), name="quality_help_folio"),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="quality_help_told"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"), ("answered_on__isnull", False), ("state", "closed"), _connector="OR"
                        ),
                        name="quality_help_answered",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["agency", "state", "due_on"], name="quality_help_queue"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("is_public", models.BooleanField(default=False)),
                ("words", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "by",
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
                    "standing_in_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="quality.helprequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "historia de una consulta",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HelpTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="días hábiles para responder",
                    ),
                ),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "verbose_name": "plazo de la mesa de ayuda",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 60)), name="quality_help_days"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LevellingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visit", models.PositiveSmallIntegerField(choices=[(2, "2"), (4, "4")], verbose_name="en qué visita")),
                ("trained", models.PositiveSmallIntegerField(verbose_name="integrantes capacitados")),
                ("members", models.PositiveSmallIntegerField(verbose_name="integrantes del comité")),
                ("asked_on", models.DateField(verbose_name="se pidió el")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levelling_requests",
                        to="quality.cycle",
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
                "verbose_name": "nivelación pedida",
                "ordering": ["visit"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "visit"), name="quality_levelling_once"),
                    models.CheckConstraint(
                        condition=models.Q(("visit__in", (2, 4))), name="quality_levelling_visit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "members__gt",
                                django.db.models.expressions.CombinedExpression(models.F("trained"), "*", models.Value(2)),
                            )
                        ),
                        name="quality_levelling_needed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("programme", "programa y autoevaluación"),
                            ("plan", "diseño del Plan de Mejoras"),
                            ("control", "control del proyecto, para contrapartes"),
                            ("levelling", "nivelación"),
                        ],
                        max_length=10,
                        verbose_name="tipo de capacitación",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="nombre")),
                ("starts_on", models.DateField(verbose_name="primer día")),
                ("ends_on", models.DateField(verbose_name="último día")),
                ("place", models.CharField(max_length=200, verbose_name="lugar")),
                ("trainers", models.TextField(max_length=1000, verbose_name="quiénes la dan")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                    ),
                ),
            ],
            options={
                "verbose_name": "capacitación",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("trainers", ""), _negated=True)),
                        name="quality_training_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gt", models.F("starts_on")),
                            models.Q(models.Q(("kind", "programme"), _negated=True), ("ends_on__gte", models.F("starts_on"))),
                            _connector="OR",
                        ),
                        name="quality_training_days",
                        violation_error_message=(
                            "Termina después de comenzar. La del programa y la autoevaluación dura dos días. Corríjalo."
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("called_on", models.DateField(verbose_name="se convocó el")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="quality.training"
                    ),
                ),
            ],
            options={
                "verbose_name": "municipalidad convocada",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("training", "municipality"), name="quality_called_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_expected", models.BooleanField(default=True, verbose_name="se le espera")),
                ("came", models.BooleanField(blank=True, null=True, verbose_name="asistió")),
                (
                    "counterpart",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality.counterpart",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.member",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="quality.trainingplace",
                    ),
                ),
            ],
            options={
                "verbose_name": "asistencia a una capacitación",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counterpart__isnull", True), ("member__isnull", False)),
                            models.Q(("counterpart__isnull", False), ("member__isnull", True)),
                            _connector="OR",
                        ),
                        name="quality_trained_person",
                    ),
                    models.UniqueConstraint(fields=("place", "member"), name="quality_member_trained_once"),
                    models.UniqueConstraint(
                        fields=("place", "counterpart"), name="quality_counterpart_trained_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="visita")),
                ("agenda", models.TextField(max_length=4000, verbose_name="tabla de la visita")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="se hizo el")),
                (
                    "effort_days",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("20")),
                        ],
                        verbose_name="días de trabajo",
                    ),
                ),
                ("report", models.TextField(blank=True, max_length=10000, verbose_name="informe de la visita")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="quality.cycle"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="quality.consultancyplace",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.taskrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "visita de la consultoría",
                "ordering": ["number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "number"), name="quality_visit_number"),
                    models.UniqueConstraint(fields=("cycle", "task"), name="quality_visit_task"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("agenda", ""), _negated=True), ("number__gte", 1), ("number__lte", 12)),
                        name="quality_visit_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effort_days__isnull", True), ("held_on__isnull", True), ("report", "")),
                            models.Q(
                                ("effort_days__gt", 0), ("held_on__isnull", False), models.Q(("report", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="quality_visit_reported",
                    ),
                ],
            },
        ),
    ]
