"""An approved version of a protocol stays as it is, whatever program writes to the database."""

from django.db import migrations

from cabildo.db.immutable import Settled


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0009_printed_invitations"),
    ]

    operations = [
        Settled("protocol", "state", ["approved", "retired"]),
    ]
