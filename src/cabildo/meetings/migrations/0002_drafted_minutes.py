"""What the platform wrote in a point of the minutes is known again, so that it may be written anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="minute",
            name="drafted",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
