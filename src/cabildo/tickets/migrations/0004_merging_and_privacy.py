import cabildo.db.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("documents", "0001_initial"),
        ("people", "0001_initial"),
        ("tickets", "0003_open311_clients"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="moderation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "No se publica"),
                    ("waiting", "Por revisar"),
                    ("published", "Publicada"),
                    ("withheld", "Retirada"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("moderation", "waiting")),
                fields=["municipality", "-received_at", "-id"],
                name="tickets_to_moderate",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("anonymised_at__isnull", True), ("closed_at__isnull", False)),
                fields=["municipality", "closed_at"],
                name="tickets_to_forget",
            ),
        ),
        migrations.CreateModel(
            name="Adhesion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="adhirió")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Portal web"),
                            ("counter", "Mesón"),
                            ("phone", "Teléfono"),
                            ("paper", "Carta o libro de reclamos"),
                            ("mail", "Correo electrónico"),
                            ("open311", "Aplicación (Open311)"),
                            ("social", "Redes sociales o WhatsApp"),
                            ("import", "Planilla de otra fuente"),
                        ],
                        max_length=10,
                        verbose_name="canal",
                    ),
                ),
                ("is_follower_only", models.BooleanField(default=False, verbose_name="sólo la sigue")),
                ("key", models.CharField(editable=False, max_length=40, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adhesions",
                        to="people.requester",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adhesions", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "verbose_name": "adhesión",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)),
                        fields=("ticket", "key"),
                        name="tickets_adhesion_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_return", models.BooleanField(default=False, verbose_name="es una parte que vuelve")),
                (
                    "state_before",
                    models.CharField(
                        choices=[
                            ("intake", "Por clasificar"),
                            ("derived", "Enviada a la dirección"),
                            ("in_progress", "En trabajo"),
                            ("waiting", "Esperando antecedentes del vecino"),
                            ("approval", "Respuesta por aprobar"),
                            ("closed", "Cerrada"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="motivo")),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "adhesion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tickets.adhesion",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="received_merges", to="tickets.ticket"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="tickets.ticket"
                    ),
                ),
                (
                    "undone_by",
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
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("ticket",), name="tickets_merged_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket", models.F("into")), _negated=True),
                        name="tickets_merged_into_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModerationChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("published", "Publicó el texto"),
                            ("redacted", "Cambió el texto publicado"),
                            ("withheld", "Retiró el texto"),
                            ("photo_published", "Publicó una foto"),
                            ("photo_blurred", "Publicó una foto con una parte borrosa"),
                            ("photo_withheld", "Dejó una foto sin publicar"),
                        ],
                        max_length=16,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motivo")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderation_changes",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["municipality", "act", "at"], name="tickets_moderation")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consulta", "Consulta"),
                            ("solicitud", "Solicitud"),
                            ("reclamo", "Reclamo"),
                            ("sugerencia", "Sugerencia"),
                            ("felicitacion", "Felicitación"),
                            ("denuncia", "Denuncia"),
                        ],
                        max_length=12,
                        verbose_name="tipo",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="meses desde el cierre")),
                ("basis", models.CharField(max_length=300, verbose_name="norma o acto que fija el plazo")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retentions",
                        to="tickets.category",
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
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", False)),
                        fields=("municipality", "category", "kind"),
                        name="tickets_retention_of_category_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", True)),
                        fields=("municipality", "kind"),
                        name="tickets_retention_of_kind_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("months__gte", 1)), name="tickets_retention_months"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataSubjectRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clock", models.CharField(choices=[("legal", "legal"), ("internal", "internal")], max_length=10)),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("habiles", "días hábiles"), ("corridos", "días corridos")], max_length=10
                    ),
                ),
                ("article", models.CharField(max_length=200)),
                ("extension_limit", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("extra_days", models.PositiveSmallIntegerField(default=0)),
                ("submitted_on", models.DateField()),
                ("effective_on", models.DateField()),
                ("nominal_due_on", models.DateField()),
                ("due_on", models.DateField()),
                ("extended_due_on", models.DateField(blank=True, null=True)),
                ("explanation", models.JSONField(default=list)),
                ("computed_at", models.DateTimeField()),
                ("folio", models.CharField(max_length=24)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "Ver mis datos (acceso)"),
                            ("rectification", "Corregir mis datos (rectificación)"),
                            ("suppression", "Borrar mis datos (supresión)"),
                            ("opposition", "Que no usen mis datos para algo (oposición)"),
                            ("portability", "Llevarme mis datos (portabilidad)"),
                            ("blocking", "Detener por un tiempo el uso de mis datos (bloqueo)"),
                        ],
                        max_length=14,
                        verbose_name="derecho",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Por comprobar identidad"),
                            ("verified", "Por decidir"),
                            ("answered", "Respondida"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Portal web"),
                            ("counter", "Mesón"),
                            ("phone", "Teléfono"),
                            ("paper", "Carta o libro de reclamos"),
                            ("mail", "Correo electrónico"),
                            ("open311", "Aplicación (Open311)"),
                            ("social", "Redes sociales o WhatsApp"),
                            ("import", "Planilla de otra fuente"),
                        ],
                        max_length=10,
                        verbose_name="canal",
                    ),
                ),
                (
                    "detail",
                    cabildo.db.fields.EncryptedTextField(blank=True, null=True, purpose="tickets.data_request_detail"),
                ),
                ("key", models.CharField(editable=False, max_length=40, null=True)),
                ("received_at", models.DateTimeField(verbose_name="ingresó")),
                (
                    "verified_how",
                    models.CharField(blank=True, max_length=300, verbose_name="cómo se comprobó la identidad"),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "extension_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="motivo de la prórroga"),
                ),
                ("granted", models.BooleanField(blank=True, null=True, verbose_name="se acoge")),
                (
                    "decision",
                    cabildo.db.fields.EncryptedTextField(
                        blank=True, null=True, purpose="tickets.data_request_decision"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="se levantó el bloqueo")),
                (
                    "decided_by",
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
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="data_requests", to="people.requester"
                    ),
                ),
                ("subjects", models.ManyToManyField(blank=True, related_name="+", to="people.requester")),
                (
                    "verified_by",
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
                "verbose_name": "solicitud sobre datos personales",
                "indexes": [
                    models.Index(fields=["municipality", "state", "due_on", "id"], name="tickets_data_requests")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "folio"), name="tickets_data_request_folio"),
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)),
                        fields=("municipality", "key"),
                        name="tickets_data_request_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("granted__isnull", False), ("state", "answered")),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_at__isnull", True),
                                ("granted__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_data_request_answered_whole",
                    ),
                ],
            },
        ),
    ]
