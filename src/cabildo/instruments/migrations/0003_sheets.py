import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_declared_where"),
        ("instruments", "0002_layers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='título')),
                ('kind', models.CharField(choices=[('decree', 'decreto o resolución'), ('regulation', 'reglamento u ordenanza'), ('minutes', 'acta'), ('report', 'informe'), ('plan', 'plan o programa'), ('procedure', 'manual o procedimiento'), ('record', 'registro o planilla'), ('contract', 'contrato o convenio'), ('survey', 'encuesta o medición'), ('photo', 'fotografía'), ('other', 'otro documento')], max_length=12, verbose_name='tipo de documento')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='fecha del documento')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='vigente hasta')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='qué muestra')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='instruments.assessment')),
                ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.evidence')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'evidencia',
                'ordering': ['title', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='instruments_evidence_dates'),
                    models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='instruments_evidence_titled'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EvidenceUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('element', models.CharField(max_length=60)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='instruments.evidence')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'uso de una evidencia',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('evidence', 'element'), name='instruments_one_use'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PartSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('part', models.CharField(max_length=60)),
                ('strengths', models.TextField(blank=True, max_length=4000, verbose_name='fortalezas')),
                ('gaps', models.TextField(blank=True, max_length=4000, verbose_name='brechas')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='summaries', to='instruments.assessment')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'síntesis',
                'ordering': ['assessment', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'part'), name='instruments_one_summary'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('element', models.CharField(max_length=60)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='a más tardar')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='qué se hace')),
                ('attested', models.JSONField(blank=True, default=dict, verbose_name='niveles que se cumplen')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='puntaje')),
                ('attributes', models.JSONField(blank=True, default=dict, verbose_name='puntaje por atributo')),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('consensus_opened_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='puntaje acordado')),
                ('agreed_attributes', models.JSONField(blank=True, default=dict, verbose_name='puntaje acordado por atributo')),
                ('is_excluded', models.BooleanField(default=False, verbose_name='no aplica')),
                ('agreement_note', models.TextField(blank=True, max_length=2000, verbose_name='nota del acuerdo')),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='instruments.assessment')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='dirección o unidad responsable')),
                ('helpers', models.ManyToManyField(blank=True, related_name='+', to='accounts.department', verbose_name='direcciones o unidades que ayudan')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ficha',
                'ordering': ['assessment', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'element'), name='instruments_one_sheet'),
                    models.CheckConstraint(condition=models.Q(('agreed_at__isnull', False), models.Q(('agreed_score__isnull', True), ('is_excluded', False)), _connector='OR'), name='instruments_sheet_agreed'),
                    models.CheckConstraint(condition=models.Q(('is_excluded', False), ('agreed_score__isnull', True), _connector='OR'), name='instruments_sheet_excluded'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='puntaje')),
                ('attributes', models.JSONField(blank=True, default=dict, verbose_name='puntaje por atributo')),
                ('is_excluded', models.BooleanField(default=False, verbose_name='no aplica')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='por qué')),
                ('proposed_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='instruments.sheet')),
            ],
            options={
                'verbose_name': 'propuesta',
                'ordering': ['proposed_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('sheet', 'user'), name='instruments_one_proposal'),
                    models.CheckConstraint(condition=models.Q(('is_excluded', False), ('score__isnull', True), _connector='OR'), name='instruments_proposal_excluded'),
                ],
            },
        ),
        migrations.CreateModel(
            name='YearFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('element', models.CharField(max_length=60)),
                ('indicator', models.CharField(max_length=160, verbose_name='indicador')),
                ('unit', models.CharField(max_length=40, verbose_name='unidad')),
                ('year', models.PositiveSmallIntegerField(verbose_name='año')),
                ('value', models.DecimalField(decimal_places=4, max_digits=18, verbose_name='valor')),
                ('source', models.CharField(max_length=200, verbose_name='de dónde sale')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='instruments.assessment')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='instruments.evidence', verbose_name='evidencia')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'cifra anual',
                'ordering': ['element', 'indicator', 'year'],
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'element', 'indicator', 'year'), name='instruments_one_figure'),
                    models.CheckConstraint(condition=models.Q(models.Q(('indicator', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='instruments_figure_told'),
                ],
            },
        ),
    ]
