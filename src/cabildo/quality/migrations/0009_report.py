"""The report of the self-assessment and its sending."""

import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('accounts', '0005_declared_where'),
        ('meetings', '0001_initial'),
        ('quality', '0008_learning'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='quality.cycle')),
                ('letter_number', models.CharField(blank=True, max_length=40, verbose_name='número del oficio')),
                ('letter_on', models.DateField(blank=True, null=True, verbose_name='fecha del oficio')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting', verbose_name='reunión cuya acta respalda los puntajes')),
            ],
            options={
                'verbose_name': 'informe de autoevaluación',
            },
        ),
        migrations.CreateModel(
            name='Background',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='background', to='quality.cycle')),
                ('organisation', models.TextField(blank=True, max_length=6000, verbose_name='cómo se organiza la municipalidad')),
                ('challenges', models.TextField(blank=True, max_length=6000, verbose_name='principales desafíos')),
            ],
            options={
                'verbose_name': 'antecedentes',
            },
        ),
        migrations.CreateModel(
            name='BackgroundFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('touched', models.JSONField(blank=True, default=dict, editable=False)),
                ('background', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='quality.background')),
                ('kind', models.CharField(choices=[('population', 'Población'), ('surface', 'Superficie'), ('rural', 'Población rural'), ('staff_permanent', 'Personal de planta'), ('staff_annual', 'Personal a contrata'), ('staff_fees', 'Personal a honorarios'), ('budget', 'Presupuesto ejecutado')], max_length=16, verbose_name='dato')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990)], verbose_name='año')),
                ('value', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='cifra')),
                ('whole', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(Decimal('1'))], verbose_name='población total según la misma fuente')),
                ('source', models.CharField(max_length=200, verbose_name='fuente')),
            ],
            options={
                'verbose_name': 'dato de los antecedentes',
                'ordering': ['kind', '-year', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('background', 'kind', 'year'), name='quality_background_figure'), models.UniqueConstraint(condition=models.Q(('kind', 'budget'), _negated=True), fields=('background', 'kind'), name='quality_background_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0), models.Q(('source', ''), _negated=True)), name='quality_background_sourced'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'rural'), _negated=True), ('whole__isnull', True)), models.Q(('kind', 'rural'), ('value__lte', models.F('whole')), ('whole__gt', 0), ('whole__isnull', False)), _connector='OR'), name='quality_background_whole')],
            },
        ),
        migrations.CreateModel(
            name='ConsultantReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultant_reviews', to='quality.cycle')),
                ('subject', models.CharField(choices=[('report', 'Informe de Autoevaluación'), ('plan', 'Plan de Mejoras')], max_length=6, verbose_name='qué revisó')),
                ('sha256', models.CharField(max_length=64, verbose_name='huella SHA-256 de lo revisado')),
                ('remarks', models.TextField(max_length=6000, verbose_name='observaciones')),
                ('reviewed_at', models.DateTimeField(verbose_name='revisado')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'revisión de la consultoría',
                'ordering': ['-reviewed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('remarks', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), name='quality_review_told')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='quality.cycle')),
                ('subject', models.CharField(choices=[('report', 'Informe de Autoevaluación'), ('plan', 'Plan de Mejoras')], max_length=6, verbose_name='qué se envió')),
                ('letter_number', models.CharField(max_length=40, verbose_name='número del oficio')),
                ('letter_on', models.DateField(verbose_name='fecha del oficio')),
                ('to', models.CharField(max_length=160, verbose_name='organismo validador')),
                ('sha256', models.CharField(max_length=64, verbose_name='huella SHA-256 de la copia')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='huella SHA-256 del contenido')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='qué cambió desde el envío anterior')),
                ('sent_at', models.DateTimeField(verbose_name='enviado')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'envío',
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'subject', 'content_sha256'), name='quality_sent_once'), models.CheckConstraint(condition=models.Q(models.Q(('letter_number', ''), _negated=True), models.Q(('to', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('content_sha256', ''), _negated=True)), name='quality_sending_told')],
            },
        ),
    ]

