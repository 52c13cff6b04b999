"""Words decide nothing: the lines of the stories get kinds and states."""

from django.conf import settings
from django.db import migrations, models


STORIES = [
    ('ConcernEvent', 'concern', 'raised', {
        'Raised, nobody has it yet': 'raised',
        'Somebody has it': 'acknowledged',
        'Triaged: how urgent, and whose': 'triaged',
        'Watched in the circle': 'monitored',
        'Answered': 'answered',
        'Finished': 'closed',
        'Joined to another': 'merged',
        'Raised in error': 'raised_in_error',
    }),
    ('ShareEvent', 'share', 'proposed', {
        'Waits for a second person': 'proposed',
        'Ready to send': 'approved',
        'Sent': 'sent',
        'It arrived': 'received',
        'They have it': 'acknowledged',
        'Did not arrive': 'failed',
        'Replaced by a corrected one': 'corrected',
        'Called back': 'recalled',
        'Decided not to share': 'not_shared',
    }),
    ('RecordEvent', 'safeguardingreferral', 'to_refer', {
        'To be referred': 'to_refer',
        'Referred: no decision yet': 'referred',
        'Decided': 'decided',
        'Decided not to refer': 'not_referred',
    }),
    ('RecordEvent', 'seriousincident', 'candidate', {
        'To be decided': 'candidate',
        'To be reported': 'to_report',
        'Reported': 'reported',
        'Decided not to report': 'not_reported',
    }),
    ('RecordEvent', 'disclosurerequest', 'requested', {
        'To be put to the lead agency': 'requested',
        'With the lead agency': 'with_agency',
        'The agency disclosed: undertaking wanted': 'agency_disclosed',
        'Disclosed, undertaking confirmed': 'done',
        'The lead agency decided not to disclose': 'refused',
        'He told them himself': 'self_disclosed',
    }),
]
"""Each story, what it is about, the state that starts in, and the sentence of each state until now."""


def fill_kinds(apps, schema_editor):
    """Read the states of each move from the sentence that told it until now."""
    for model, record, start, labels in STORIES:
        moves = apps.get_model('concerns', model).objects.filter(what__in=labels, **{f'{record}__isnull': False})
        reached = {}
        for line in moves.order_by('pk'):
            about = getattr(line, f'{record}_id')
            line.kind, line.from_status = 'moved', reached.get(about, start)
            line.to_status = reached[about] = labels[line.what]
            line.what = ''
            line.save(update_fields=['kind', 'from_status', 'to_status', 'what'])


def write_labels(apps, schema_editor):
    """Give each move its sentence again."""
    for model, record, _, labels in STORIES:
        moved = apps.get_model('concerns', model).objects.filter(kind='moved', **{f'{record}__isnull': False})
        for label, status in labels.items():
            moved.filter(to_status=status).update(what=label)


class Migration(migrations.Migration):

    dependencies = [
        ('concerns', '0012_story_lines_that_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='concernevent',
            name='from_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='concernevent',
            name='kind',
            field=models.CharField(choices=[('moved', 'Moved from state to state'), ('written', 'Written in words')], default='written', max_length=20),
        ),
        migrations.AddField(
            model_name='concernevent',
            name='to_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='recordevent',
            name='from_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='recordevent',
            name='kind',
            field=models.CharField(choices=[('moved', 'Moved from state to state'), ('written', 'Written in words')], default='written', max_length=20),
        ),
        migrations.AddField(
            model_name='recordevent',
            name='to_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='from_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='kind',
            field=models.CharField(choices=[('moved', 'Moved from state to state'), ('written', 'Written in words')], default='written', max_length=20),
        ),
        migrations.AddField(
            model_name='shareevent',
            name='to_status',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name='concernevent',
            name='what',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='recordevent',
            name='what',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='shareevent',
            name='what',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(fill_kinds, write_labels),
        migrations.AddConstraint(
            model_name='concernevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'written'])), name='concern_event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='concernevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('what', ''), models.Q(('from_status', ''), _negated=True), models.Q(('to_status', ''), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('from_status', ''), ('to_status', ''), models.Q(('what', ''), _negated=True)), _connector='OR'), name='concern_event_moved_or_written'),
        ),
        migrations.AddConstraint(
            model_name='recordevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'written'])), name='record_event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='recordevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('what', ''), models.Q(('from_status', ''), _negated=True), models.Q(('to_status', ''), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('from_status', ''), ('to_status', ''), models.Q(('what', ''), _negated=True)), _connector='OR'), name='record_event_moved_or_written'),
        ),
        migrations.AddConstraint(
            model_name='shareevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'written'])), name='share_event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='shareevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('what', ''), models.Q(('from_status', ''), _negated=True), models.Q(('to_status', ''), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('from_status', ''), ('to_status', ''), models.Q(('what', ''), _negated=True)), _connector='OR'), name='share_event_moved_or_written'),
        ),
    ]
