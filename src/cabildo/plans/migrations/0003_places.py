from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import F, Q


def name_places(apps: Any, _schema: Any) -> None:
    """Places of the first level were known by their code, which is no number."""
    nodes = apps.get_model("plans", "PlanNode")._base_manager.filter(level=0)
    nodes.exclude(code__regex=r"^[0-9]").update(place=F("code"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("plans", "0002_revised_rows")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="plannode",
            name="place",
            field=models.CharField(blank=True, default="", editable=False, max_length=30),
            preserve_default=False,
        ),
        migrations.RunPython(name_places, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="plannode",
            constraint=models.UniqueConstraint(
                condition=~Q(place=""), fields=("plan", "place"), name="plans_node_place"
            ),
        ),
    ]
