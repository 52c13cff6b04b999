"""Words decide nothing: the lines of a story get kinds and states, and a circle the moment of its end."""

from django.conf import settings
from django.db import migrations, models


LABELS = {
    'Proposed': 'proposed',
    'Volunteers found': 'matched',
    'Preparing to meet': 'preparing',
    'Meets weekly': 'weekly',
    'Meets every second week': 'fortnightly',
    'Paused': 'paused',
    'Coming to its end': 'ending',
    'Ended': 'closed',
    'Never started': 'not_started',
}
TAKEN_OVER = 'Circle taken over, meeting already'
BEGINNINGS = {'Meeting ': 'meeting', 'Review ': 'review', 'Risk review ': 'risk_review'}
ENDINGS = {' joined': 'joined', ' left': 'left'}


def kind_of(what):
    named = [kind for words, kind in BEGINNINGS.items() if what.startswith(words)]
    named += [kind for words, kind in ENDINGS.items() if what.endswith(words)]
    return (named or ['written'])[0]


def fill_kinds(apps, schema_editor):
    """Read the kind, the states and the end of each circle from the sentences that told them until now."""
    for circle in apps.get_model('circles', 'Circle').objects.order_by('pk'):
        before, last, closed_at = 'proposed', circle.opened_at, None
        for line in circle.events.order_by('pk'):
            last = line.at
            if line.what == TAKEN_OVER:
                before = 'weekly'
            if line.what in LABELS:
                line.kind, line.from_status, line.to_status, line.what = 'moved', before, LABELS[line.what], ''
                before = line.to_status
                closed_at = line.at if before == 'closed' else closed_at
            else:
                line.kind = kind_of(line.what)
            line.save(update_fields=['kind', 'from_status', 'to_status', 'what'])
        if circle.status == 'closed':
            circle.closed_at = closed_at or last
            circle.save(update_fields=['closed_at'])


def write_labels(apps, schema_editor):
    """Give each move its sentence again."""
    moved = apps.get_model('circles', 'CircleEvent').objects.filter(kind='moved')
    for label, status in LABELS.items():
        moved.filter(to_status=status).update(what=label)


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0015_page_of_a_score'),
        ('offenders', '0004_what_is_typed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='circle',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='circleevent',
            name='from_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='circleevent',
            name='kind',
            field=models.CharField(choices=[('moved', 'The circle moved from state to state'), ('meeting', 'About a meeting or its minutes'), ('review', 'About a review'), ('risk_review', 'About a risk review'), ('joined', 'A volunteer joined'), ('left', 'A volunteer left'), ('written', 'Anything else, in words')], default='written', max_length=20),
        ),
        migrations.AddField(
            model_name='circleevent',
            name='to_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name='circleevent',
            name='what',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(fill_kinds, write_labels),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='circle_closed_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='circleevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'meeting', 'review', 'risk_review', 'joined', 'left', 'written'])), name='circle_event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='circleevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('what', ''), models.Q(('from_status', ''), _negated=True), models.Q(('to_status', ''), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('from_status', ''), ('to_status', ''), models.Q(('what', ''), _negated=True)), _connector='OR'), name='circle_event_moved_or_written'),
        ),
    ]
