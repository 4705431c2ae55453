import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("tickets", "0005_internal_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zoom', models.PositiveSmallIntegerField()),
                ('x', models.IntegerField()),
                ('y', models.IntegerField()),
                ('open_count', models.PositiveIntegerField()),
                ('closed_count', models.PositiveIntegerField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.category')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'zoom', 'x', 'y', 'category'), name='tickets_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='ClearingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='empieza el')),
                ('weekly_target', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='solicitudes por semana')),
                ('notes', models.TextField(blank=True, max_length=1000, verbose_name='cómo se hará')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'plan de puesta al día',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'department', 'starts_on'), name='tickets_plan_once'), models.CheckConstraint(condition=models.Q(('weekly_target__gte', 1)), name='tickets_plan_target')],
            },
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['municipality', 'state', 'department', 'legal_due_on'], name='tickets_by_state'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('is_public', True)), fields=['municipality', 'is_public', 'category', '-received_at', '-id'], name='tickets_published_category'),
        ),
    ]
