"""A process that was withdrawn may be taken up again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0003_run_leader"),
    ]

    operations = [
        migrations.AlterField(
            model_name="processevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("created", "Se planificó el proceso"),
                    ("withdrawn", "Se retiró el proceso"),
                    ("resumed", "Se retomó el proceso"),
                    ("ended", "Terminó el proceso"),
                    ("cycle", "Se abrió un nuevo ciclo"),
                    ("led", "Cambió quién conduce el proceso"),
                    ("stage_begun", "Comenzó la etapa"),
                    ("stage_closed", "Se cerró la etapa"),
                    ("stage_reopened", "Se reabrió la etapa"),
                    ("stage_repeated", "La etapa empezó de nuevo"),
                    ("replanned", "Cambiaron las fechas"),
                    ("task_begun", "Comenzó la tarea"),
                    ("task_done", "Se hizo la tarea"),
                    ("task_undone", "La tarea volvió a quedar pendiente"),
                    ("task_skipped", "La tarea no aplica"),
                    ("task_changed", "Se anotó en la tarea"),
                    ("reassigned", "Cambió quién responde"),
                    ("gate_passed", "Se dio por cumplido un requisito"),
                    ("gate_withdrawn", "Un requisito dejó de estar cumplido"),
                ],
                max_length=40,
            ),
        ),
    ]
