import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('tickets', '0004_merging_and_privacy'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticketevent',
            name='kind',
            field=models.CharField(choices=[('received', 'Ingresó'), ('routed', 'Se envió a la dirección responsable'), ('acknowledged', 'La dirección la recibió'), ('derived', 'Se derivó a otra dirección'), ('assigned', 'Quedó a cargo de una persona'), ('note', 'Nota interna'), ('message', 'Mensaje al vecino'), ('citizen_message', 'El vecino agregó información'), ('asked', 'Se pidieron antecedentes al vecino'), ('resumed', 'Se retomó el trabajo'), ('submitted', 'Respuesta enviada a aprobación'), ('returned', 'Respuesta devuelta para corregir'), ('answered', 'Se respondió'), ('closed', 'Se cerró'), ('reopened', 'Se reabrió'), ('extended', 'Se amplió el plazo'), ('urgent', 'Se declaró urgente'), ('recounted', 'Se volvió a contar el plazo'), ('reclassified', 'Cambió de categoría'), ('merged', 'Se unió a otra solicitud'), ('unmerged', 'Se deshizo la unión'), ('split', 'Se separó una parte'), ('unsplit', 'Se deshizo la separación'), ('adhered', 'Otro vecino adhirió'), ('moderated', 'Se revisó lo que se publica'), ('rated', 'El vecino evaluó la atención'), ('escalated', 'Se avisó por su plazo'), ('stopped', 'Se detuvo el plazo'), ('internal_asked', 'Se pidieron antecedentes o un informe a otra dirección'), ('internal_answered', 'La otra dirección entregó lo pedido'), ('internal_withdrawn', 'Se retiró lo pedido a otra dirección'), ('document', 'Se agregó un documento'), ('imported', 'Se trajo de otra fuente')], max_length=40),
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_index', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InternalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('procedure', models.CharField(max_length=200, verbose_name='procedimiento')),
                ('kind', models.CharField(choices=[('antecedentes', 'Antecedentes'), ('informe', 'Informe')], max_length=12, verbose_name='qué se pide')),
                ('asked_at', models.DateTimeField()),
                ('asks', models.TextField(max_length=4000, verbose_name='antecedentes o informe que se pide')),
                ('days', models.PositiveSmallIntegerField(verbose_name='plazo en días hábiles')),
                ('due_on', models.DateField(verbose_name='vence')),
                ('state', models.CharField(choices=[('open', 'Por responder'), ('answered', 'Respondida'), ('withdrawn', 'Retirada')], default='open', max_length=10, verbose_name='estado')),
                ('answer', models.TextField(blank=True, max_length=12000, verbose_name='respuesta')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='internal_requests', to='tickets.ticket')),
                ('to_department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
            ],
            options={
                'verbose_name': 'solicitud interna',
                'constraints': [
                    models.UniqueConstraint(fields=('municipality', 'year', 'number'), name='tickets_internal_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='tickets_internal_ended'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='tickets_internal_answered'),
                ],
                'indexes': [
                    models.Index(fields=['municipality', 'to_department', 'state', 'due_on'], name='tickets_internal_owed'),
                    models.Index(fields=['ticket', 'to_department'], name='tickets_internal_readers'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InternalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('is_public', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True)),
                ('data', models.JSONField(default=dict)),
                ('kind', models.CharField(choices=[('asked', 'Se pidió'), ('reminded', 'Se recordó'), ('answered', 'Se respondió'), ('withdrawn', 'Se retiró')], max_length=40)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('standing_in_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='tickets.internalrequest')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ListExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField(blank=True)),
                ('file_format', models.CharField(max_length=4)),
                ('with_persons', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('rows', models.PositiveIntegerField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Protocol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='código')),
                ('version', models.PositiveIntegerField(verbose_name='versión')),
                ('title', models.CharField(max_length=160, verbose_name='título')),
                ('step', models.CharField(choices=[('intake', 'Al recibir'), ('derivation', 'Al derivar'), ('answer', 'Al responder'), ('closing', 'Al cerrar')], max_length=12, verbose_name='cuándo se aplica')),
                ('channels', models.JSONField(default=list)),
                ('groups', models.JSONField(default=list)),
                ('categories', models.JSONField(default=list)),
                ('kinds', models.JSONField(default=list)),
                ('body', models.TextField(max_length=12000, verbose_name='qué se hace')),
                ('state', models.CharField(choices=[('draft', 'Borrador'), ('in_approval', 'Por aprobar'), ('approved', 'Vigente'), ('retired', 'Fuera de uso')], default='draft', max_length=12, verbose_name='estado')),
                ('review_months', models.PositiveSmallIntegerField(default=12, verbose_name='se revisa cada cuántos meses')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='se revisa el')),
                ('source', models.CharField(blank=True, max_length=160)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'protocolo de atención',
                'ordering': ['step', 'title', '-version'],
                'constraints': [
                    models.UniqueConstraint(fields=('municipality', 'code', 'version'), name='tickets_protocol_version'),
                    models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('municipality', 'code'), name='tickets_protocol_one_in_force'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('review_on__isnull', False)), _connector='OR'), name='tickets_protocol_approved'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProtocolAcknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='tickets.protocol')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('protocol', 'user'), name='tickets_protocol_read_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SilenceAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('effect', models.CharField(choices=[('accepted', 'Se entiende aceptada (silencio positivo, art. 64)'), ('rejected', 'Se entiende rechazada (silencio negativo, art. 65)')], max_length=10, verbose_name='efecto')),
                ('claimed_on', models.DateField(blank=True, null=True, verbose_name='la persona reclamó el')),
                ('grounds', models.TextField(max_length=4000, verbose_name='fundamento')),
                ('certificate', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='silence_acts', to='tickets.ticket')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('municipality', 'year', 'number'), name='tickets_silence_number'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EscalationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thresholds', models.JSONField(default=list)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality',), name='tickets_escalation_plan_once')],
            },
        ),
        migrations.CreateModel(
            name='EscalationSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(choices=[('legal', 'legal'), ('internal', 'internal')], max_length=10)),
                ('due_on', models.DateField()),
                ('level', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='tickets.ticket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ticket', 'clock', 'due_on', 'level'), name='tickets_escalated_once')],
            },
        ),
    ]
