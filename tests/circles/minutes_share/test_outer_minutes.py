"""What an agency is sent of the minutes: tags, contacts and quoted words, without a volunteer's name."""

from __future__ import annotations

import re

from circles.contact.operations import add_contact as add_contact_in_log
from circles.log.operations import submit_minutes
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes
from circles.minutes_share.forms import ShareMinutesForm
from circles.minutes_share.operations import share_minutes
from circles.minutes_share.outer_minutes import minutes_for_agencies
from circles.taxonomy.models import Tag
from circles.taxonomy.tag_operations import describe_risk
from offenders.contact.models import Contact
from tests.circles.life.preparing import share as sign_sharing_agreement
from tests.circles.log.writing import save_tags, write
from tests.circles.minutes_share.shares import HERE, MAILED, SPOKEN, approved_meeting, contact_of
from tests.world import World
from volunteers.volunteer.models import Volunteer


def test_tags_and_contacts_go_with_the_words_and_with_no_volunteers_name(world: World) -> None:
    sign_sharing_agreement(world)
    meeting = write(world.meeting, by=world.ben, at=world.now, contact="yes")
    secrecy = Tag.objects.get(name="Secrecy")
    family = Tag.objects.get(name="Family", kind=Tag.Kind.TOPIC)
    save_tags(meeting, kind="topic", tags=[family], by=world.ben, at=world.now)
    save_tags(meeting, kind="risk", tags=[secrecy], by=world.ben, at=world.now)
    describe_risk(
        meeting,
        tag=secrecy,
        seen="He hid his telephone from Tom Quayle.\n\nHe laughed.",
        basis=Minutes.Basis.values[0],
        opinion="Ben Ashby thinks he is ashamed.",
        by=world.ben,
        at=world.now,
    )
    add_contact_in_log(
        meeting,
        happened_on=world.now.date(),
        volunteer=Volunteer.objects.get(user=world.tom),
        channel="phone",
        begun_by_whom="him",
        minutes_long=20,
        summary="He told Tom Quayle that he could not sleep.",
        by=world.ben,
        at=world.now,
    )
    meeting = approve_minutes(submit_minutes(meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    text = share_minutes(meeting, to={contact_of(world): HERE}, by=world.ann, at=world.now)[0].text
    for told in [
        "Topics\nFamily",
        "Risk factors seen\nSecrecy\nSeen or heard: He hid his telephone from T. [surname left out].\nHe laughed.",
        Minutes.Basis.choices[0][1],
        "What we make of it: B. [surname left out] thinks he is ashamed.",
        ", T., telephone, 20 minutes, begun by ",
        "He told T. [surname left out] that he could not sleep.",
    ]:
        assert told in text, told
    assert not {"Quayle", "Ashby"} & set(re.findall(r"\w+", text))


def test_whoever_has_no_account_and_no_secure_mail_is_sent_minutes_by_neither(world: World) -> None:
    oz = contact_of(world, "oz", account=False)
    Contact.objects.filter(pk=oz.pk).update(secure_mail="")
    oz.refresh_from_db()
    meeting = approved_meeting(world)
    form = ShareMinutesForm(
        contacts=[oz], today=world.now.date(), has={}, offered={}, names=minutes_for_agencies(meeting).names
    )
    (field,) = (field for name, field in form.fields.items() if name in form.contacts)
    assert not {HERE, MAILED} & {value for value, _ in field.choices}
    assert SPOKEN in {value for value, _ in field.choices}
