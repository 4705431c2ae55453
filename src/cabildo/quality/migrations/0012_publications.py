"""Services that drop out of the accreditation, and publications of results that can be told apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cabildo.db.immutable import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_agencies"),
        ("content", "0001_initial"),
        ("instruments", "0005_panels"),
        ("quality", "0011_benchmarking"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="publicada el")),
                (
                    "smallest",
                    models.PositiveSmallIntegerField(verbose_name="municipalidades que bastan para una cifra"),
                ),
                ("waiting", models.PositiveIntegerField(verbose_name="municipalidades que esperan la siguiente")),
                ("held", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "publicación de resultados",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(blank=True, max_length=2)),
                ("stage", models.CharField(blank=True, max_length=60)),
                ("line", models.CharField(blank=True, max_length=14)),
            ],
            options={
                "verbose_name": "municipalidad en una publicación",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedResult",
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
                ("parts", models.JSONField()),
            ],
            options={
                "verbose_name": "resultado publicado",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="service",
            name="quality_service_once",
        ),
        migrations.AddField(
            model_name="service",
            name="withdrawal_reason",
            field=models.TextField(blank=True, max_length=2000, verbose_name="por qué se retiró"),
        ),
        migrations.AddField(
            model_name="service",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="se retiró el"),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("cycle", "name"),
                name="quality_service_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                    models.Q(("withdrawn_on__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="quality_service_withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="publishedplace",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
            ),
        ),
        migrations.AddField(
            model_name="publishedplace",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="places", to="quality.publication"
            ),
        ),
        migrations.AddField(
            model_name="publishedresult",
            name="cycle",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="quality.cycle"),
        ),
        migrations.AddField(
            model_name="publishedresult",
            name="layer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="instruments.layer"
            ),
        ),
        migrations.AddField(
            model_name="publishedresult",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.municipality"
            ),
        ),
        migrations.AddField(
            model_name="publishedresult",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="quality.publication"
            ),
        ),
        migrations.AddField(
            model_name="publishedresult",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.packversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedplace",
            constraint=models.UniqueConstraint(
                fields=("publication", "municipality"), name="quality_published_place_once"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedresult",
            index=models.Index(fields=["publication", "version"], name="quality_published_version"),
        ),
        migrations.AddConstraint(
            model_name="publishedresult",
            constraint=models.UniqueConstraint(
                fields=("publication", "cycle", "basis"), name="quality_published_result_once"
            ),
        ),
        AppendOnly("quality_publication"),
        AppendOnly("quality_publishedplace"),
        AppendOnly("quality_publishedresult"),
    ]
