"""A RUN that an administrator declared is of their municipality; the audit says which one it was."""

from typing import Any

from django.db import migrations


def fill_from_audit(apps: Any, _schema_editor: Any) -> None:
    users = apps.get_model("accounts", "User").objects.filter(declared_run_index__isnull=False)
    said = apps.get_model("audit", "Entry").objects.filter(action="user.run_declared").order_by("-pk")
    for pk in users.values_list("pk", flat=True):
        where = said.filter(subject_id=str(pk)).values_list("municipality_id", flat=True).first()
        users.filter(pk=pk).update(declared_in_id=where)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_declared_in"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill_from_audit, migrations.RunPython.noop),
    ]
