"""Stages 5 and 7."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_revised_rows'),
        ('quality', '0006_validation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='final_assessment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.assessment'),
        ),
        migrations.AddField(
            model_name='cycle',
            name='previous',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='quality.cycle'),
        ),
        migrations.CreateModel(
            name='DiffusionReach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('staff', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='personas de la dirección')),
                ('reached', models.PositiveIntegerField(verbose_name='personas alcanzadas')),
                ('how', models.CharField(max_length=300, verbose_name='cómo se hizo')),
                ('on', models.DateField(verbose_name='fecha')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='diffusion', to='quality.cycle')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='dirección')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'alcance de la difusión',
                'ordering': ['department__name'],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'department'), name='quality_reach_once'), models.CheckConstraint(condition=models.Q(('reached__lte', models.F('staff')), ('staff__gt', 0), models.Q(('how', ''), _negated=True)), name='quality_reach_of_staff')],
            },
        ),
        migrations.CreateModel(
            name='ImmediateAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('what', models.CharField(max_length=300, verbose_name='qué se hará')),
                ('begins_on', models.DateField(verbose_name='comienza el')),
                ('due_on', models.DateField(verbose_name='a más tardar el')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='se hizo el')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='qué resultó')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='immediate_actions', to='quality.cycle')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='persona responsable')),
            ],
            options={
                'verbose_name': 'acción inmediata',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('begins_on'))), name='quality_immediate_dates'), models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('done_on__gte', models.F('begins_on')), models.Q(('note', ''), _negated=True)), _connector='OR'), name='quality_immediate_done')],
            },
        ),
        migrations.CreateModel(
            name='MatrixWeights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('relevance', models.PositiveSmallIntegerField(default=40, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='relevancia (%)')),
                ('feasibility', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='factibilidad (%)')),
                ('impact', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='impacto en el puntaje (%)')),
                ('cost', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='costo (%)')),
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='matrix_weights', to='quality.cycle')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'pesos de la matriz',
                'constraints': [models.CheckConstraint(condition=models.Q(('relevance', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('feasibility')), '-', models.F('impact')), '-', models.F('cost')))), name='quality_weights_whole')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('subcriterion', models.CharField(max_length=60)),
                ('methodology', models.CharField(max_length=60)),
                ('relevance', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='relevancia')),
                ('feasibility', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='factibilidad')),
                ('impact', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impacto en el puntaje')),
                ('cost', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='costo')),
                ('is_feasible', models.BooleanField(blank=True, null=True, verbose_name='¿se puede hacer en doce meses?')),
                ('is_chosen', models.BooleanField(default=False, verbose_name='elegida')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='por qué')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='quality.cycle')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plans.plannode')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'metodología en la matriz',
                'ordering': ['subcriterion', 'methodology'],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'subcriterion', 'methodology'), name='quality_option_once'), models.CheckConstraint(condition=models.Q(('relevance__isnull', True), models.Q(('relevance__gte', 1), ('relevance__lte', 5)), _connector='OR'), name='quality_option_relevance'), models.CheckConstraint(condition=models.Q(('feasibility__isnull', True), models.Q(('feasibility__gte', 1), ('feasibility__lte', 5)), _connector='OR'), name='quality_option_feasibility'), models.CheckConstraint(condition=models.Q(('impact__isnull', True), models.Q(('impact__gte', 1), ('impact__lte', 5)), _connector='OR'), name='quality_option_impact'), models.CheckConstraint(condition=models.Q(('cost__isnull', True), models.Q(('cost__gte', 1), ('cost__lte', 5)), _connector='OR'), name='quality_option_cost'), models.CheckConstraint(condition=models.Q(('is_chosen', False), models.Q(('cost__isnull', False), ('feasibility__isnull', False), ('impact__isnull', False), ('is_feasible', True), ('relevance__isnull', False)), _connector='OR'), name='quality_option_chosen')],
            },
        ),
    ]

