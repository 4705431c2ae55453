from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_internal_work")]

    operations = []
