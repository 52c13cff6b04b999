"""The core member, from referral to follow-up."""

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="CoreMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("accepted", "Accepted, waiting for a circle"),
                                    ("in_circle", "In a circle"),
                                    ("follow_up", "Circle ended, followed up"),
                                ],
                                default="accepted",
                                max_length=20,
                            ),
                        ),
                        (
                            "category",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Category 1: subject to notification requirements"),
                                    (2, "Category 2: violence or another sexual offence"),
                                    (3, "Category 3: dangerous in another way"),
                                    (4, "Category 4: terrorism or terrorist risk"),
                                ],
                                verbose_name="MAPPA category",
                            ),
                        ),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Level 1: one agency leads, others share"),
                                    (2, "Level 2: regular multi-agency meetings"),
                                    (3, "Level 3: meetings of senior managers"),
                                ],
                                verbose_name="MAPPA level",
                            ),
                        ),
                        (
                            "lead_agency",
                            models.CharField(
                                choices=[
                                    ("police", "Police"),
                                    ("probation", "Probation"),
                                    ("youth_justice", "Youth justice"),
                                    ("mental_health", "Mental health"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.area"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                help_text="The team that manages him, such as a police public-protection unit.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.agency",
                            ),
                        ),
                        (
                            "practitioner",
                            models.ForeignKey(
                                blank=True,
                                help_text="The named practitioner in the lead agency, told first.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deputy_practitioner",
                            models.ForeignKey(
                                blank=True,
                                help_text="Stands in for the named practitioner, and is told with them.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("next_mappa_meeting_on", models.DateField(blank=True, null=True)),
                        ("restrictions_verified_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "restrictions_verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "coordinator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "identity",
                            models.OneToOneField(
                                help_text="Who he is, sealed; empty until somebody has written it down.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="core_member",
                                to="offenders.identity",
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reference__regex", "^([A-Z]{2}-[0-9]{4}-[A-Z]|CM-[34679CDFGHJKMNPQRTX]{5,9})$")
                                ),
                                name="core_member_reference_is_no_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("restrictions_verified_at__isnull", True),
                                        ("restrictions_verified_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("restrictions_verified_at__isnull", False),
                                        ("restrictions_verified_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="core_member_restrictions_verified_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deputy_practitioner", None),
                                    models.Q(
                                        ("practitioner__isnull", False),
                                        models.Q(("deputy_practitioner", models.F("practitioner")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="core_member_deputy_of_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_mappa_meeting_on__isnull", True),
                                    (
                                        "next_mappa_meeting_on__range",
                                        (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                                    ),
                                    _connector="OR",
                                ),
                                name="core_member_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["accepted", "in_circle", "follow_up"])),
                                name="core_member_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lead_agency__in", ["police", "probation", "youth_justice", "mental_health"])
                                ),
                                name="core_member_lead_agency_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", [1, 2, 3, 4])), name="core_member_category_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", [1, 2, 3])), name="core_member_level_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(unique=True)),
                        ("words", models.TextField(verbose_name="what he agrees to")),
                        (
                            "easy_words",
                            models.TextField(
                                help_text="One short sentence a line.", verbose_name="the same in easy words"
                            ),
                        ),
                        ("published_on", models.DateField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_on__isnull", True),
                                    ("published_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="consent_text_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("easy_words", ""), _negated=True)
                                ),
                                name="consent_text_says_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="offenders.consenttext",
                            ),
                        ),
                        ("given_on", models.DateField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "He signed the text"),
                                    ("signed_easy", "He signed the text in easy words"),
                                    ("spoken", "He said so, and somebody wrote it down"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "helped_by",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="who helped him to understand it"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(help_text="The day on which he said so.", null=True)),
                        ("withdrawn_words", models.TextField(blank=True, verbose_name="what he said")),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("given_on__isnull", True),
                                        ("given_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("withdrawn_on__isnull", True),
                                        (
                                            "withdrawn_on__range",
                                            (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="consent_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("how__in", ["signed", "signed_easy", "spoken"])),
                                name="consent_how_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consent_withdrawn_at_with_withdrawn_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_on__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consent_withdrawn_on_with_withdrawn_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on", None), ("withdrawn_on__gte", models.F("given_on")), _connector="OR"
                                ),
                                name="consent_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_words", ""), ("withdrawn_at__isnull", False), _connector="OR"
                                ),
                                name="consent_words_of_withdrawal",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("core_member", "text"),
                                name="consent_once_a_text",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="offenders.coremember",
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=80)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                            ),
                        ),
                        ("duty_desk", models.CharField(blank=True, max_length=120, verbose_name="duty desk")),
                        (
                            "telephone",
                            models.CharField(
                                help_text="As it is dialled from anywhere, with its extension.", max_length=40
                            ),
                        ),
                        ("hours", models.CharField(blank=True, max_length=120, verbose_name="when they can be rung")),
                        ("deputy", models.CharField(blank=True, max_length=120, verbose_name="who stands in for them")),
                        (
                            "secure_mail",
                            models.EmailField(blank=True, max_length=254, verbose_name="secure e-mail address"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                help_text="Their account here: what is sent to them to read here goes to it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("verified_on", models.DateField(null=True)),
                        (
                            "verified_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verified_on__isnull", True),
                                    ("verified_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="contact_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_by__isnull", True), ("verified_on__isnull", True)),
                                    models.Q(("verified_by__isnull", False), ("verified_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_verified_on_with_verified_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_ended_at_with_ended_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("telephone", ""), _negated=True), name="contact_can_be_rung"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ManagementChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="management_changes",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mappa", "MAPPA category or level"),
                                    ("lead", "Lead agency"),
                                    ("practitioner", "Practitioner or team"),
                                    ("area", "MAPPA area"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("was", models.CharField(max_length=300)),
                        ("became", models.CharField(max_length=300)),
                        (
                            "was_area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.area",
                            ),
                        ),
                        (
                            "became_area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.area",
                            ),
                        ),
                        ("changed_on", models.DateField(help_text="The first day of it.")),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=300, verbose_name="what follows for the circle"),
                        ),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("changed_on__isnull", True),
                                    ("changed_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="management_change_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["mappa", "lead", "practitioner", "area"])),
                                name="management_change_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="management_change_answered_at_with_answered_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="management_change_answered_in_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "area"), ("became_area__isnull", False), ("was_area__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("kind", "area"), _negated=True),
                                        ("became_area", None),
                                        ("was_area", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="management_change_of_area_has_both",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("was_area", None),
                                    models.Q(("was_area", models.F("became_area")), _negated=True),
                                    _connector="OR",
                                ),
                                name="management_change_of_area_is_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MappaPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mappa_periods",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "category",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Category 1: subject to notification requirements"),
                                    (2, "Category 2: violence or another sexual offence"),
                                    (3, "Category 3: dangerous in another way"),
                                    (4, "Category 4: terrorism or terrorist risk"),
                                ],
                                verbose_name="MAPPA category",
                            ),
                        ),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Level 1: one agency leads, others share"),
                                    (2, "Level 2: regular multi-agency meetings"),
                                    (3, "Level 3: meetings of senior managers"),
                                ],
                                verbose_name="MAPPA level",
                            ),
                        ),
                        ("from_on", models.DateField(help_text="The first day of it.")),
                        (
                            "until_on",
                            models.DateField(
                                help_text="The first day of the next one; empty while it holds.", null=True
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                help_text="Why it began; empty for the one he was accepted with.",
                                max_length=300,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_on__isnull", True),
                                        ("from_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("until_on__isnull", True),
                                        ("until_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                ),
                                name="mappa_period_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", [1, 2, 3, 4])), name="mappa_period_category_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", [1, 2, 3])), name="mappa_period_level_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="mappa_period_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("core_member",),
                                name="mappa_period_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("submitted", "Sent, not yet acknowledged"),
                                    ("screening", "Being screened"),
                                    ("info_requested", "Waiting for information"),
                                    ("assessing", "Being assessed"),
                                    ("panel", "With the panel"),
                                    ("deferred", "Deferred"),
                                    ("declined", "Declined"),
                                    ("accepted", "Accepted"),
                                    ("withdrawn", "Withdrawn"),
                                    ("lapsed", "Lapsed"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.area"
                            ),
                        ),
                        (
                            "coordinator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("referrer_name", models.CharField(max_length=120)),
                        ("referrer_role", models.CharField(blank=True, max_length=120)),
                        ("referrer_agency", models.CharField(max_length=120)),
                        ("referrer_mail", models.EmailField(max_length=254)),
                        ("referrer_telephone", models.CharField(blank=True, max_length=40)),
                        ("started_at", models.DateTimeField()),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("waits_since", models.DateTimeField(help_text="Since when nothing came from the referrer.")),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("acknowledge_by", models.DateTimeField(null=True)),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "answer_by",
                            models.DateTimeField(
                                help_text="Until when the referrer has the result of the screening.", null=True
                            ),
                        ),
                        (
                            "asked_for",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        ("deferred_until", models.DateField(null=True)),
                        (
                            "decline_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("criteria", "It does not meet the criteria of the service"),
                                    ("not_now", "It is not the right time for a circle"),
                                    ("risk", "We cannot keep volunteers safe in this case"),
                                    ("area", "We have no service where he lives or will live"),
                                    ("capacity", "We have no volunteers for it now"),
                                    ("wishes", "He does not wish to take part"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "decline_advice",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(4000)],
                                verbose_name="what the referrer is told",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.CharField(
                                blank=True,
                                choices=[("referrer", "The referrer"), ("core_member", "He himself")],
                                max_length=20,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "core_member",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referral",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "identity",
                            models.OneToOneField(
                                help_text="Who he is, sealed; empty until somebody has written it down.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referral",
                                to="offenders.identity",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deferred_until__isnull", True),
                                    ("deferred_until__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="agency_referral_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "screening",
                                            "info_requested",
                                            "assessing",
                                            "panel",
                                            "deferred",
                                            "declined",
                                            "accepted",
                                            "withdrawn",
                                            "lapsed",
                                        ],
                                    )
                                ),
                                name="agency_referral_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decline_reason__in",
                                        ["", "criteria", "not_now", "risk", "area", "capacity", "wishes"],
                                    )
                                ),
                                name="agency_referral_decline_reason_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn_by__in", ["", "referrer", "core_member"])),
                                name="agency_referral_withdrawn_by_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledge_by__isnull", True), ("submitted_at__isnull", True)),
                                    models.Q(("acknowledge_by__isnull", False), ("submitted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agency_referral_sent_with_a_clock",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "withdrawn", "lapsed"]),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="agency_referral_sent_before_it_is_read",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("acknowledged_at", None),
                                    ("submitted_at__lte", models.F("acknowledged_at")),
                                    _connector="OR",
                                ),
                                name="agency_referral_acknowledged_after_it_was_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["screening", "info_requested"]), _negated=True),
                                    models.Q(("acknowledged_at__isnull", False), ("answer_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agency_referral_screened_with_a_clock",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "declined"), models.Q(("decline_reason", ""), _negated=True)),
                                    models.Q(models.Q(("status", "declined"), _negated=True), ("decline_reason", "")),
                                    _connector="OR",
                                ),
                                name="agency_referral_declined_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), models.Q(("withdrawn_by", ""), _negated=True)),
                                    models.Q(models.Q(("status", "withdrawn"), _negated=True), ("withdrawn_by", "")),
                                    _connector="OR",
                                ),
                                name="agency_referral_withdrawn_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deferred_until__isnull", False), ("status", "deferred")),
                                    models.Q(models.Q(("status", "deferred"), _negated=True), ("deferred_until", None)),
                                    _connector="OR",
                                ),
                                name="agency_referral_deferred_until_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("core_member__isnull", False), ("status", "accepted")),
                                    models.Q(models.Q(("status", "accepted"), _negated=True), ("core_member", None)),
                                    _connector="OR",
                                ),
                                name="agency_referral_accepted_as_a_core_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("status__in", ["declined", "accepted", "withdrawn", "lapsed"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ["declined", "accepted", "withdrawn", "lapsed"]),
                                            _negated=True,
                                        ),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_referral_ended_when_over",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("moved", "Moved from state to state"), ("written", "Written in words")],
                                default="written",
                                max_length=20,
                            ),
                        ),
                        ("from_status", models.CharField(blank=True, max_length=20)),
                        ("to_status", models.CharField(blank=True, max_length=20)),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="offenders.referral",
                            ),
                        ),
                        ("what", models.CharField(blank=True, max_length=120)),
                        (
                            "detail",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["moved", "written"])), name="referral_event_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "moved"),
                                        ("what", ""),
                                        models.Q(("from_status", ""), _negated=True),
                                        models.Q(("to_status", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "moved"), _negated=True),
                                        ("from_status", ""),
                                        ("to_status", ""),
                                        models.Q(("what", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referral_event_moved_or_written",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriteriaSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="the programme or contract")),
                        ("version", models.PositiveIntegerField()),
                        ("drafted_at", models.DateTimeField()),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("in_force_since", models.DateTimeField(null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("name", "version"), name="criteria_set_version_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("in_force_since", None)),
                                fields=("name",),
                                name="criteria_set_one_draft_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)), name="criteria_set_versions_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by", None), ("in_force_since__isnull", False), _connector="OR"
                                ),
                                name="criteria_set_published_from_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="criterions",
                                to="offenders.criteriaset",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mandatory", "Must be so"),
                                    ("advisory", "Should be so"),
                                    ("exclusion", "Must not be so"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.CharField(max_length=200)),
                        ("hint", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "verbose_name_plural": "criteria",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["mandatory", "advisory", "exclusion"])),
                                name="criterion_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="criterion_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Screening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screening",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screenings",
                                to="offenders.criteriaset",
                            ),
                        ),
                        ("begun_at", models.DateTimeField()),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CriterionAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "screening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="offenders.screening",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offenders.criterion"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=10
                            ),
                        ),
                        (
                            "evidence",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        ("answered_at", models.DateTimeField()),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "override_reason",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        ("overridden_at", models.DateTimeField(null=True)),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["yes", "no", "unknown"])),
                                name="criterion_answer_known",
                            ),
                            models.UniqueConstraint(fields=("screening", "criterion"), name="criterion_answered_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer", "unknown"), models.Q(("evidence", ""), _negated=True), _connector="OR"
                                ),
                                name="criterion_answered_with_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("overridden_at__isnull", True), ("overridden_by__isnull", True)),
                                    models.Q(("overridden_at__isnull", False), ("overridden_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="criterion_answer_overridden_at_with_overridden_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("overridden_at", None), ("override_reason", "")),
                                    models.Q(
                                        ("overridden_at__isnull", False),
                                        models.Q(("override_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="criterion_overridden_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identity",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "key_id",
                            models.CharField(
                                blank=True, help_text="The key of the keyring that seals the data key.", max_length=100
                            ),
                        ),
                        ("sealed_key", models.BinaryField(null=True)),
                        ("sealed", models.BinaryField(null=True)),
                        (
                            "index_check",
                            models.CharField(
                                help_text="A hash by the key of the index: another key of the index is noticed.",
                                max_length=64,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unreadable_at",
                            models.DateTimeField(
                                help_text="When somebody had leave to read it and it did not open.", null=True
                            ),
                        ),
                        ("erasure_asked_at", models.DateTimeField(null=True)),
                        (
                            "erasure_asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("erased_at", models.DateTimeField(null=True)),
                        (
                            "erased_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "identities",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at", None)),
                                fields=["index_check"],
                                name="identity_index_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("erasure_asked_at__isnull", True), ("erasure_asked_by__isnull", True)),
                                    models.Q(("erasure_asked_at__isnull", False), ("erasure_asked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="identity_erasure_asked_at_with_erasure_asked_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("erased_at__isnull", True), ("erased_by__isnull", True)),
                                    models.Q(("erased_at__isnull", False), ("erased_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="identity_erased_at_with_erased_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("erased_at", None),
                                        ("sealed__isnull", False),
                                        ("sealed_key__isnull", False),
                                        models.Q(("key_id", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("erased_at__isnull", False),
                                        ("key_id", ""),
                                        ("sealed", None),
                                        ("sealed_key", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="identity_sealed_until_erased",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_by", None),
                                    models.Q(
                                        ("erasure_asked_by__isnull", False),
                                        models.Q(("erased_by", models.F("erasure_asked_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="identity_erased_by_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityIndex",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "identity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indexes",
                                to="offenders.identity",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name_plural": "identity indexes",
                        "constraints": [
                            models.UniqueConstraint(fields=("digest", "identity"), name="identity_index_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityMatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offenders.identity"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offenders.identity"
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_one_person", models.BooleanField(null=True)),
                    ],
                    options={
                        "verbose_name_plural": "identity matches",
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="identity_match_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="identity_match_in_one_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="identity_match_settled_at_with_settled_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_one_person__isnull", True), ("settled_at__isnull", True)),
                                    models.Q(("is_one_person__isnull", False), ("settled_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="identity_match_settled_with_an_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lead_changes",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "was",
                            models.CharField(
                                choices=[
                                    ("police", "Police"),
                                    ("probation", "Probation"),
                                    ("youth_justice", "Youth justice"),
                                    ("mental_health", "Mental health"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "became",
                            models.CharField(
                                choices=[
                                    ("police", "Police"),
                                    ("probation", "Probation"),
                                    ("youth_justice", "Youth justice"),
                                    ("mental_health", "Mental health"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("changed_on", models.DateField(help_text="The first day the new agency leads.")),
                        ("why", models.CharField(max_length=300)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("changed_on__isnull", True),
                                    ("changed_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="lead_change_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("was__in", ["police", "probation", "youth_justice", "mental_health"])
                                ),
                                name="lead_change_was_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("became__in", ["police", "probation", "youth_justice", "mental_health"])
                                ),
                                name="lead_change_became_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("was", models.F("became")), _negated=True),
                                name="lead_change_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="lead_change_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MappaAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mappa_actions",
                                to="offenders.coremember",
                            ),
                        ),
                        ("words", models.CharField(max_length=300, verbose_name="what we are to do")),
                        ("due_on", models.DateField()),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("outcome", models.CharField(blank=True, max_length=300, verbose_name="what was done")),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "MAPPA action",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True),
                                    ("due_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="mappa_action_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="mappa_action_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mappa_action_done_at_with_done_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("outcome", "")),
                                    models.Q(("done_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="mappa_action_done_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_offs",
                                to="offenders.referral",
                            ),
                        ),
                        ("words", models.TextField(validators=[django.core.validators.MaxLengthValidator(4000)])),
                        ("signed_at", models.DateTimeField()),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("referral", "signed_by"), name="sign_off_once_a_person"),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="sign_off_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=12, unique=True)),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("seated_at", models.DateTimeField()),
                        (
                            "seated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "view",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accept", "Accept him"),
                                    ("conditions", "Accept him, with conditions"),
                                    ("decline", "Do not accept him"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "conditions",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        (
                            "reasons",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        ("viewed_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("referral", "person"),
                                name="panel_seat_once_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("view__in", ["", "accept", "conditions", "decline"])),
                                name="panel_seat_view_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("view", ""), ("viewed_at", None)),
                                    models.Q(
                                        models.Q(("view", ""), _negated=True),
                                        models.Q(("reasons", ""), _negated=True),
                                        ("viewed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="panel_seat_view_with_reasons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("view", "conditions"), _negated=True),
                                    models.Q(("conditions", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="panel_seat_conditions_written",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="panel_seat_ended_at_with_ended_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("accept", "Accepted"),
                                    ("defer", "Deferred"),
                                    ("appeal_upheld", "An appeal was upheld"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "conditions",
                            models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(4000)]),
                        ),
                        ("reasons", models.TextField(validators=[django.core.validators.MaxLengthValidator(4000)])),
                        ("until", models.DateField(null=True)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                    _connector="OR",
                                ),
                                name="panel_decision_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["accept", "defer", "appeal_upheld"])),
                                name="panel_decision_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reasons", ""), _negated=True), name="panel_decision_with_reasons"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "defer"), ("until__isnull", False)),
                                    models.Q(models.Q(("decision", "defer"), _negated=True), ("until", None)),
                                    _connector="OR",
                                ),
                                name="panel_decision_deferred_until_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VolunteerRisk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteer_risks",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "rating",
                            models.CharField(
                                choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")], max_length=10
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(4000)],
                                verbose_name="what it rests on",
                            ),
                        ),
                        (
                            "measures",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(4000)],
                                verbose_name="what would keep volunteers safe",
                            ),
                        ),
                        ("assessed_at", models.DateTimeField()),
                        (
                            "assessed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rating__in", ["low", "medium", "high"])),
                                name="volunteer_risk_rating_known",
                            ),
                            models.UniqueConstraint(
                                fields=("referral", "assessed_by"), name="volunteer_risk_once_a_person"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="volunteer_risk_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectionAnswers",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="offenders.referral",
                            ),
                        ),
                        ("section", models.CharField(max_length=20)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="Which of them, where a section is filled many times."
                            ),
                        ),
                        ("answers", models.JSONField(default=dict)),
                        (
                            "pages",
                            models.JSONField(
                                default=dict, help_text="The open page from which each answer was last changed."
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                        (
                            "saved_by",
                            models.ForeignKey(
                                help_text="Nobody: the referrer, through the link.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "section answers",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "section", "number"), name="section_answers_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="section_answers_counted_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("oasys", "OASys or AssetPlus"),
                                    ("actuarial", "OSP or RM2000 result"),
                                    ("arms", "ARMS assessment"),
                                    ("conviction", "Record of convictions"),
                                    ("order", "Licence or order, with its conditions"),
                                    ("plan", "Relapse-prevention or “New Me” plan"),
                                    ("report", "Report of a treatment programme"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("has_none", models.BooleanField(default=False)),
                        ("had_on", models.DateField(null=True)),
                        ("dated", models.DateField(null=True)),
                        ("supplied_by", models.CharField(blank=True, max_length=120)),
                        ("owner_agency", models.CharField(blank=True, max_length=120)),
                        (
                            "marking",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("official", "OFFICIAL"),
                                    ("sensitive", "OFFICIAL-SENSITIVE"),
                                    ("secret", "SECRET"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("not_onward", models.BooleanField(default=False)),
                        ("return_on", models.DateField(null=True)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("had_on__isnull", True),
                                        ("had_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("dated__isnull", True),
                                        ("dated__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("return_on__isnull", True),
                                        ("return_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                ),
                                name="referral_document_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["oasys", "actuarial", "arms", "conviction", "order", "plan", "report"],
                                    )
                                ),
                                name="referral_document_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("marking__in", ["", "official", "sensitive", "secret"])),
                                name="referral_document_marking_known",
                            ),
                            models.UniqueConstraint(fields=("referral", "kind"), name="referral_document_once_a_kind"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("had_on", None), ("has_none", True)),
                                    models.Q(("had_on__isnull", False), ("has_none", False)),
                                    _connector="OR",
                                ),
                                name="referral_document_had_or_none",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferrerLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="offenders.referral",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("write", "To fill in the form"), ("read", "To read how it stands")],
                                max_length=10,
                            ),
                        ),
                        ("mail", models.EmailField(max_length=254)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("sent_at", models.DateTimeField()),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("expires_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(help_text="When it was first opened.", null=True)),
                        (
                            "ended_at",
                            models.DateTimeField(
                                help_text="When it was used up, or replaced by a newer one.", null=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["write", "read"])),
                                name="referrer_link_purpose_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("sent_at"))), name="referrer_link_ends"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None), ("ended_at__gte", models.F("sent_at")), _connector="OR"
                                ),
                                name="referrer_link_ended_after_it_was_sent",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("referral",),
                                name="referrer_link_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restriction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="restrictions",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("licence", "Licence condition"),
                                    ("shpo", "Sexual harm prevention order"),
                                    ("notification", "Notification requirement"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "plain_words",
                            models.CharField(
                                help_text="What it means, as you would say it to a volunteer.", max_length=300
                            ),
                        ),
                        (
                            "exact_words",
                            models.TextField(
                                blank=True,
                                help_text="As it is written in the licence or the order. Volunteers do not read it.",
                            ),
                        ),
                        ("kept_from_volunteers", models.BooleanField(default=False)),
                        (
                            "avoids_internet",
                            models.BooleanField(default=False, verbose_name="he must not go online unwatched"),
                        ),
                        (
                            "avoids_district",
                            models.CharField(
                                blank=True,
                                help_text="Such as CB7.",
                                max_length=4,
                                verbose_name="postcode district he must keep out of",
                            ),
                        ),
                        (
                            "avoids_children",
                            models.BooleanField(
                                default=False, verbose_name="he must keep away from places where children are"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="The first day it no longer holds.", null=True),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verified_with",
                            models.CharField(
                                blank=True, help_text="Who, of those who manage him, said so.", max_length=120
                            ),
                        ),
                        ("verified_on", models.DateField(help_text="The day they said so.", null=True)),
                        (
                            "varies",
                            models.OneToOneField(
                                help_text="The restriction whose words and days these replace.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="varied_by",
                                to="offenders.restriction",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                help_text="When its end was written down; the end may be another day.", null=True
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("starts_on__isnull", True),
                                        ("starts_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("ends_on__isnull", True),
                                        ("ends_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("verified_on__isnull", True),
                                        (
                                            "verified_on__range",
                                            (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="restriction_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("avoids_district", ""),
                                    ("avoids_district__regex", "^[A-Z]{1,2}[0-9][A-Z0-9]?$"),
                                    _connector="OR",
                                ),
                                name="restriction_district_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["licence", "shpo", "notification", "other"])),
                                name="restriction_source_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="restriction_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_on", None), ("verified_with", "")),
                                    models.Q(
                                        ("verified_on__isnull", False), models.Q(("verified_with", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="restriction_verified_on_with_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("varies", None), ("verified_on__isnull", False), _connector="OR"),
                                name="restriction_varied_is_verified",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="restriction_ended_at_with_ended_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_because", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ends_on__isnull", False),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="restriction_ended_on_a_day_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictionAddendum",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "restriction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addenda",
                                to="offenders.restriction",
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "restriction addenda",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="restriction_addendum_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_assessments",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "tool",
                            models.CharField(
                                choices=[
                                    ("oasys", "OASys risk of serious harm"),
                                    ("osp_dc", "OSP/DC, direct contact"),
                                    ("osp_iic", "OSP/IIC, images and indirect contact"),
                                    ("rm2000", "RM2000"),
                                    ("arms", "ARMS"),
                                    ("sara", "SARA"),
                                    ("asset_plus", "AssetPlus"),
                                    ("stable_acute", "Stable and Acute"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "band",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Low"), (2, "Medium"), (3, "High"), (4, "Very high")],
                                verbose_name="result",
                            ),
                        ),
                        ("assessed_on", models.DateField()),
                        (
                            "assessor",
                            models.CharField(
                                help_text="Their name and what they are.",
                                max_length=120,
                                verbose_name="who assessed it",
                            ),
                        ),
                        ("review_on", models.DateField(verbose_name="to be reviewed by")),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                help_text="When somebody said that it was written down by mistake.", null=True
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("assessed_on__isnull", True),
                                        (
                                            "assessed_on__range",
                                            (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("review_on__isnull", True),
                                        ("review_on__range", (datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))),
                                        _connector="OR",
                                    ),
                                ),
                                name="risk_assessment_days_believable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "tool__in",
                                        [
                                            "oasys",
                                            "osp_dc",
                                            "osp_iic",
                                            "rm2000",
                                            "arms",
                                            "sara",
                                            "asset_plus",
                                            "stable_acute",
                                        ],
                                    )
                                ),
                                name="risk_assessment_tool_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("band__in", [1, 2, 3, 4])), name="risk_assessment_band_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_on__gt", models.F("assessed_on"))),
                                name="risk_assessment_reviewed_after_it_is_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("assessor", ""), _negated=True), name="risk_assessment_by_somebody"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="risk_assessment_withdrawn_at_with_withdrawn_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at", None), ("withdrawn_because", "")),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_assessment_withdrawn_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "core_member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_notes",
                                to="offenders.coremember",
                            ),
                        ),
                        (
                            "heading",
                            models.CharField(
                                choices=[
                                    ("needs", "Needs"),
                                    ("treatment", "Treatment"),
                                    ("warning_signs", "Warning signs"),
                                    ("relapse_plan", "Relapse-prevention plan"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("written_at", models.DateTimeField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("heading__in", ["needs", "treatment", "warning_signs", "relapse_plan"])
                                ),
                                name="risk_note_heading_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="risk_note_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecureDomain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        (
                            "added_at",
                            models.DateTimeField(help_text="Empty for those the list started with.", null=True),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("added_at__isnull", True), ("added_by__isnull", True)),
                                    models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="secure_domain_added_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="secure_domain_ended_by_someone",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("ended_at", None)),
                                name="secure_domain_listed_once",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
