import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MUNICIPALITY = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "accounts.municipality",
}


def person():
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("documents", "0001_initial"),
        ("tickets", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="is_coarse",
            field=models.BooleanField(default=False, verbose_name="ubicación aproximada"),
        ),
        migrations.AddField(
            model_name="ticketclock",
            name="is_given",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="SourceMapping",
            fields=[
                ("id", key()),
                ("source", models.CharField(max_length=60, verbose_name="fuente")),
                ("label", models.CharField(max_length=120, verbose_name="nombre de la fuente")),
                ("mapping", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("municipality", models.ForeignKey(**MUNICIPALITY)),
                ("updated_by", person()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "source"), name="tickets_source_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", key()),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="fuente")),
                ("file_name", models.CharField(max_length=200, verbose_name="archivo")),
                ("sha256", models.CharField(max_length=64, verbose_name="huella SHA-256")),
                ("mapping", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "por revisar"),
                            ("checking", "revisándose"),
                            ("checked", "revisada"),
                            ("running", "importándose"),
                            ("done", "terminada"),
                            ("failed", "no se pudo leer"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="filas del archivo")),
                ("position", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0, verbose_name="nuevas")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="cambiadas")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="iguales")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="rechazadas")),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("by", person()),
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
                ("municipality", models.ForeignKey(**MUNICIPALITY)),
            ],
            options={"verbose_name": "importación", "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["municipality", "-id"], name="tickets_import_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", key()),
                ("row", models.PositiveIntegerField(verbose_name="fila")),
                ("column", models.CharField(blank=True, max_length=120, verbose_name="columna")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="valor")),
                ("code", models.CharField(max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("municipality", models.ForeignKey(**MUNICIPALITY)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="tickets.importrun"
                    ),
                ),
            ],
            options={"ordering": ["row", "pk"]},
        ),
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                ("id", key()),
                ("message_index", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ticket", "abrió una solicitud"),
                            ("information", "agregó información a una solicitud"),
                            ("ignored", "no se tomó en cuenta"),
                        ],
                        max_length=12,
                        verbose_name="qué se hizo",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="motivo")),
                ("received_at", models.DateTimeField(verbose_name="recibido")),
                ("read_at", models.DateTimeField(auto_now_add=True, verbose_name="leído")),
                ("municipality", models.ForeignKey(**MUNICIPALITY)),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={"verbose_name": "correo recibido", "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "message_index"), name="tickets_mail_once"),
                ],
            },
        ),
    ]
