"""What an agency shows of itself, and who holds which role in it, since when."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_declared_where"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="agency",
            options={"verbose_name": "organismo"},
        ),
        migrations.AddField(
            model_name="agency",
            name="hue",
            field=models.PositiveSmallIntegerField(
                default=250,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(359)],
                verbose_name="tono de color",
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="notice",
            field=models.CharField(blank=True, max_length=200, verbose_name="aviso permanente"),
        ),
        migrations.AddField(
            model_name="agency",
            name="requires_second_factor",
            field=models.BooleanField(default=False, verbose_name="su gente ingresa con un segundo paso"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="name",
            field=models.CharField(max_length=120, verbose_name="nombre"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="slug",
            field=models.SlugField(unique=True, verbose_name="nombre corto en la dirección web"),
        ),
        migrations.CreateModel(
            name="AgencyMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=40, verbose_name="rol")),
                ("starts_on", models.DateField(verbose_name="desde")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="hasta")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="accounts.agency"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="accounts_agency_dates",
                    ),
                    models.UniqueConstraint(
                        fields=("agency", "user", "role", "starts_on"), name="accounts_agency_once"
                    ),
                ],
            },
        ),
    ]
