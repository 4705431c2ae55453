"""Stages 4 and 6."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cabildo.db.immutable import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0005_self_assessment"),
        ("accounts", "0006_agencies"),
        ("documents", "0002_handed_out"),
        ("instruments", "0002_layers"),
        ("meetings", "0001_initial"),
        ("plans", "0002_revised_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanValidation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("conclusion", models.TextField(blank=True, max_length=6000, verbose_name="conclusión")),
                ("opened_at", models.DateTimeField(verbose_name="comenzó el")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="informe emitido el")),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_validation", to="quality.cycle"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
                ),
            ],
            options={
                "verbose_name": "validación del plan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on__isnull", True), models.Q(("conclusion", ""), _negated=True), _connector="OR"
                        ),
                        name="quality_plan_validation_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("node_label", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(max_length=2000, verbose_name="recomendación")),
                ("is_taken", models.BooleanField(blank=True, null=True, verbose_name="se acoge")),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="qué se hará, quién y hasta cuándo; o por qué no"
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="se decidió el")),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.plannode",
                        verbose_name="parte del plan",
                    ),
                ),
                (
                    "validation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="quality.planvalidation",
                    ),
                ),
            ],
            options={
                "verbose_name": "recomendación al plan",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="quality_recommendation_told"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_by__isnull", True),
                                ("answered_on__isnull", True),
                                ("is_taken__isnull", True),
                            ),
                            models.Q(
                                ("answered_by__isnull", False),
                                ("answered_on__isnull", False),
                                ("is_taken__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quality_recommendation_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Validation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("review", "en revisión documental"),
                            ("scheduled", "entrevista agendada"),
                            ("held", "entrevista realizada"),
                            ("consensus", "con puntajes acordados"),
                            ("issued", "informe emitido"),
                            ("observed", "observada por la municipalidad"),
                            ("replied", "observaciones respondidas"),
                            ("firm", "firme"),
                        ],
                        default="review",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=6000, verbose_name="síntesis del informe")),
                ("opened_at", models.DateTimeField(verbose_name="comenzó el")),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="validation", to="quality.cycle"
                    ),
                ),
                (
                    "declared",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.layer"
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
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
                "verbose_name": "validación de la autoevaluación",
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subcriterion", models.CharField(blank=True, max_length=60, verbose_name="subcriterio")),
                ("text", models.TextField(max_length=4000, verbose_name="observación")),
                ("made_at", models.DateTimeField()),
                ("reply", models.TextField(blank=True, max_length=4000, verbose_name="respuesta")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "validation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="quality.validation",
                    ),
                ),
            ],
            options={
                "verbose_name": "observación al informe",
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at__isnull", True), ("replied_by__isnull", True), ("reply", "")),
                            models.Q(
                                ("replied_at__isnull", False),
                                ("replied_by__isnull", False),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quality_observation_replied",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="quality_observation_told"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValidationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("review", "en revisión documental"),
                            ("scheduled", "entrevista agendada"),
                            ("held", "entrevista realizada"),
                            ("consensus", "con puntajes acordados"),
                            ("issued", "informe emitido"),
                            ("observed", "observada por la municipalidad"),
                            ("replied", "observaciones respondidas"),
                            ("firm", "firme"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
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
                    "validation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="quality.validation"
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de la validación",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Validator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("trained_on", models.DateField(verbose_name="se formó el")),
                ("valid_until", models.DateField(verbose_name="su formación vale hasta")),
                ("employer", models.CharField(max_length=160, verbose_name="dónde trabaja, según declara")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="observaciones")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
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
                "verbose_name": "validador",
                "ordering": ["user__full_name"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "user"), name="quality_validator_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__gte", models.F("trained_on")), models.Q(("employer", ""), _negated=True)
                        ),
                        name="quality_validator_trained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValidatorAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assigned_on", models.DateField(verbose_name="se asignó el")),
                (
                    "has_conflict",
                    models.BooleanField(blank=True, null=True, verbose_name="tiene un conflicto de interés"),
                ),
                ("declaration", models.TextField(blank=True, max_length=2000, verbose_name="declaración")),
                ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="declaró el")),
                (
                    "plan_read_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminó de leer el plan el"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="dejó de validar el")),
                ("end_reason", models.TextField(blank=True, max_length=2000, verbose_name="por qué dejó de validar")),
                (
                    "assigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="validator_assignments",
                        to="quality.cycle",
                    ),
                ),
                (
                    "ended_by",
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="quality.validatorassignment",
                    ),
                ),
                (
                    "validator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="quality.validator"
                    ),
                ),
            ],
            options={
                "verbose_name": "asignación de validador",
                "ordering": ["assigned_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("cycle", "validator"),
                        name="quality_validator_assigned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declaration", ""), ("declared_at__isnull", True), ("has_conflict__isnull", True)),
                            models.Q(
                                ("declared_at__isnull", False),
                                ("has_conflict__isnull", False),
                                models.Q(("declaration", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quality_validator_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_on__isnull", True)),
                            models.Q(
                                ("ended_on__gte", models.F("assigned_on")),
                                ("ended_on__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quality_validator_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                ("element", models.CharField(max_length=60)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="puntaje")),
                ("attributes", models.JSONField(blank=True, default=dict, verbose_name="puntaje por atributo")),
                ("is_excluded", models.BooleanField(default=False, verbose_name="no aplica")),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_evidence", "sin evidencia"),
                            ("partial_evidence", "evidencia parcial"),
                            ("incomplete", "despliegue incompleto"),
                            ("outdated", "dato no vigente"),
                            ("interview", "evidencia adicional en la entrevista"),
                        ],
                        max_length=20,
                        verbose_name="motivo",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="explicación")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "validation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="quality.validation"
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="quality.validatorassignment",
                    ),
                ),
            ],
            options={
                "verbose_name": "puntaje en borrador",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("assignment__isnull", False)),
                        fields=("assignment", "element"),
                        name="quality_draft_mark",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("assignment__isnull", True)),
                        fields=("validation", "element"),
                        name="quality_draft_consensus",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_excluded", False), ("score__isnull", True), _connector="OR"),
                        name="quality_draft_excluded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("touched", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "phase",
                    models.CharField(
                        choices=[("report", "Informe de Autoevaluación"), ("plan", "Plan de Mejoras")],
                        default="report",
                        max_length=6,
                        verbose_name="de qué",
                    ),
                ),
                ("subcriterion", models.CharField(max_length=60, verbose_name="subcriterio")),
                ("element", models.CharField(blank=True, max_length=60, verbose_name="elemento de gestión")),
                (
                    "kind",
                    models.CharField(
                        choices=[("strength", "fortaleza"), ("opportunity", "oportunidad de mejora")],
                        max_length=11,
                        verbose_name="qué es",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="qué se encontró")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="quality.cycle"
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
                "verbose_name": "hallazgo",
                "ordering": ["kind", "pk"],
                "indexes": [models.Index(fields=["cycle", "phase", "subcriterion"], name="quality_finding_part")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="quality_finding_told")
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "phase",
                    models.CharField(
                        choices=[("report", "Informe de Autoevaluación"), ("plan", "Plan de Mejoras")], max_length=6
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="versión")),
                ("content", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(verbose_name="emitido el")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issued_reports", to="quality.cycle"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.layer"
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
                "verbose_name": "informe emitido",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "phase", "number"), name="quality_issued_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("layer__isnull", True), ("phase", "plan")),
                            models.Q(("layer__isnull", False), ("phase", "report")),
                            _connector="OR",
                        ),
                        name="quality_issued_layer",
                    ),
                ],
            },
        ),
        AppendOnly("quality_validationstep"),
        AppendOnly("quality_issuedreport"),
    ]
