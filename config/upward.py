"""Functions of higher apps that lower apps call by name. Imports only go down; this is the one way up."""

REVIEW_SECTIONS = ["concerns.overview.agenda.concerns_in_period"]
"""Sections of a circle's review that come from an app above the circles (circles/review/agenda.py says how)."""

TIMELINE_STRANDS = ["concerns.overview.strands.CONCERNS"]
"""Strands of a circle's timeline that come from an app above the circles (circles/overview/timeline.py says how)."""

RECORD_STRANDS = ["circles.overview.record_strand.CIRCLES"]
"""Strands of a core member's timeline that come from an app above offenders (offenders/overview/strands.py says how)."""

CIRCLE_FACTS = [
    "concerns.overview.strands.OPEN_CONCERNS",
    "concerns.overview.strands.COVER",
    "concerns.overview.strands.QUEUE",
]
"""Facts of a circle's health that come from an app above the circles (circles/overview/health.py says how)."""

WORK_KINDS = ["concerns.worklist.KINDS"]
"""Kinds of work on a circle's page that come from an app above the circles (circles/worklist/lines.py says how)."""

ON_ACCOUNT_ACT = ["audit.accounts.write_account_entry"]
"""Writes a line of the trail for each act on accounts (accounts/operations/standing.py says how)."""

ON_STANDING_CHANGE = ["alerts.outbox.standing.tell_of_change"]
"""Tells people that somebody's standing has changed."""

ON_PROPOSAL = ["alerts.outbox.standing.ask_second"]
"""Tells those who could agree that something waits for a second person."""

ON_CORE_MEMBER_CHANGE = ["circles.circle.telling.tell_circle_of"]
"""Tells a core member's circle that something on his record has changed (offenders/core_member/telling.py says what)."""

ON_MANAGEMENT_CHANGE = ["concerns.handling.management.follow_change"]
"""Has what is open about a core member follow when another area or practitioner manages him (offenders/core_member)."""

CORE_MEMBERS_CALLED = "circles.circle.first_names.core_members_called"
"""Finds core members by the first name of their circle; kept above, and asked for by the lists of offenders."""

IDENTITY_HOLDERS = ["offenders.core_member.models.CoreMember", "offenders.referral.models.Referral"]
"""The tables whose records have a sealed identity; whoever may see one of them may find it by its identity."""

ON_IDENTITY_ERASED = ["offenders.referral.erasing.delete_answers_of"]
"""Deletes what else is kept of a man whose name is erased, in a room above offenders/identity."""

IDENTITY_LEAVES = ["concerns.concern.identity.may_reveal_through_concern"]
"""Answer whether somebody may reveal who a core member is for a reason of an app above (offenders/identity/access.py)."""

CORE_MEMBER_TIES = [
    "offenders.wall.ties.ties_of_record",
    "circles.membership.ties.ties_of_circle",
]
"""Say who has a part in a core member's case, so that no wall keeps them out before it is handed over (offenders/wall)."""

ALERT_WALL = "offenders.core_member.wall_models.people_let_through"
"""Leaves out of an alert whoever may not see the core member it is about (alerts/outbox/operations.py)."""

ON_WALL = ["concerns.queue.wall.refuse_deaf_queue"]
"""Refuses a wall after which nobody hears of a concern about a core member (offenders/wall/operations.py)."""

ON_LEAVING = [
    "alerts.leave.leaving.end_cover",
    "offenders.core_member.leaving.hand_over_core_members",
    "offenders.referral.leaving.hand_over_referrals",
    "offenders.panel.leaving.end_seats",
    "circles.membership.leaving.end_ties",
    "concerns.rota.leaving.end_duties",
]
"""Ends what ends with somebody's account, in each app above. Nothing of it comes back if they return."""

OPEN_WORK = [
    "offenders.referral.open_work.open_work_with",
    "circles.coordinator.open_work.open_work_with",
    "concerns.handover.open_work.open_work_with",
]
"""Count what is open with a person, before they stop or lose a role (accounts/open_work.py says how)."""

OPEN_IN_CIRCLES = ["concerns.handover.open_work.open_concerns_in"]
"""Count what is open in a circle above the circles, before it gets another coordinator."""

ON_ROLE_TAKEN = [
    "offenders.core_member.leaving.hand_over_with_role",
    "offenders.referral.leaving.hand_over_with_role",
    "offenders.panel.leaving.end_seats_with_role",
    "circles.membership.leaving.hand_over_with_role",
]
"""Hands over what a role still gave somebody who loses it, in each app above."""

ON_NEW_COORDINATOR = ["concerns.handover.next_coordinator.pass_handovers_on"]
"""Hands over what a circle's coordinator had in person, in the app above the circles."""

LEADERS = ["circles.circle.access.coordinators_of", "concerns.queue.team_managers.team_managers_of"]
"""Find who leads somebody beside the managers."""

HOLIDAYS = "concerns.ladder.models.holidays"
"""Answers with the days on which working time does not run; kept above, and asked for by core/worktime.py."""

WORKERS_OF_AREA = "concerns.queue.reach.grants_with_people_of"
"""Answers with the people who work an area's queue; kept above, and asked for by circles/life/guards.py."""

SHARING_OF_AREA = "circles.sharing_agreement.reach.has_agreement_in_force"
"""Answers whether an area has a sharing agreement in force; kept above, and asked for by offenders/referral."""

ALERT_SUBJECTS = {
    "/core-members/referrals/": "offenders.panel.alert_subjects.referrals_in_words",
    "/core-members/panel/": "offenders.panel.alert_subjects.seats_in_words",
    "/circles/": "circles.overview.alert_subjects.circles_in_words",
    "/circles/meetings/": "circles.overview.alert_subjects.meetings_in_words",
    "/circles/reviews/": "circles.overview.alert_subjects.reviews_in_words",
    "/circles/risk/": "circles.overview.alert_subjects.risk_reviews_in_words",
    "/circles/minutes/": "circles.overview.alert_subjects.minutes_in_words",
    "/concerns/": "concerns.overview.alert_subjects.concerns_in_words",
    "/concerns/shares/": "concerns.overview.alert_subjects.shares_in_words",
    "/concerns/registers/referrals/": "concerns.overview.alert_subjects.referrals_in_words",
    "/concerns/registers/incidents/": "concerns.overview.alert_subjects.incidents_in_words",
    "/concerns/disclosures/": "concerns.overview.alert_subjects.disclosures_in_words",
}
"""What alerts that lead to these addresses are about, said in the inbox (alerts/inbox/subjects.py says how)."""
