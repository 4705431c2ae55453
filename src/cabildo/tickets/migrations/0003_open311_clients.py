from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_imports_and_mail")]

    operations = []
