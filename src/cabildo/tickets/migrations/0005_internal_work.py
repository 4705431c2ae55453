from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_merging_and_privacy")]

    operations = []
