"""How a request first ended stays when it is opened again; what had been lost is read from its answers."""

from typing import Any

from django.db import migrations, models
from django.db.models import Min, OuterRef, Subquery


def restore_first_answers(apps: Any, _schema_editor: Any) -> None:
    answers = apps.get_model("tickets", "Answer").objects.filter(
        ticket=OuterRef("pk"),
        sent_at__isnull=False,
        state="sent",
        outcome__in=["resolved", "rejected", "not_competent"],
    )
    first = answers.order_by().values("ticket").annotate(first=Min("sent_at")).values("first")
    reopened = apps.get_model("tickets", "Ticket").objects.filter(reopened_count__gt=0)
    reopened.annotate(first=Subquery(first)).filter(first__isnull=False).update(answered_at=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0012_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="spared_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(restore_first_answers, migrations.RunPython.noop),
    ]
