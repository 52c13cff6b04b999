"""Addresses of concerns, queues and receipts."""

from django.urls import include, path

from concerns.views import (
    calendar,
    concern,
    deliveries,
    disclosure,
    drill,
    figures,
    from_log,
    handover,
    incident,
    lists,
    low_level,
    pattern,
    queue,
    raising,
    referral,
    registers,
    rota,
    routing,
    share,
    simulation,
    sorting,
    voice,
)
from concerns.views.acts import ACTS

app_name = "concerns"

REGISTERS = [
    path("", registers.registers, name="registers"),
    path("referrals/", referral.referrals, name="referrals"),
    path("referrals/start/", referral.start, name="start_referral"),
    path("referrals/<ref:reference>/", referral.referral, name="referral"),
    *[
        path(f"referrals/<ref:reference>/{act}/", referral.act_on, {"act": act}, name=f"referral_{act}")
        for act in referral.ACTS
    ],
    path("low-level/", low_level.low_levels, name="low_levels"),
    path("low-level/add/", low_level.add, name="add_low_level"),
    path("low-level/month/", low_level.month, name="low_level_month"),
    path("low-level/<ref:reference>/", low_level.low_level, name="low_level"),
    path("incidents/", incident.incidents, name="incidents"),
    path("incidents/add/", incident.add, name="add_incident"),
    path("incidents/<ref:reference>/", incident.incident, name="incident"),
    *[
        path(f"incidents/<ref:reference>/{act}/", incident.act_on, {"act": act}, name=f"incident_{act}")
        for act in incident.ACTS
    ],
]
"""The safeguarding lead's and managers' own."""

DISCLOSURES = [
    path("circles/<ref:reference>/disclosures/", disclosure.disclosures, name="disclosures"),
    path("circles/<ref:reference>/disclosures/ask/", disclosure.ask, name="ask_disclosure"),
    path("disclosures/<ref:reference>/", disclosure.disclosure, name="disclosure"),
    *[
        path(f"disclosures/<ref:reference>/{act}/", disclosure.act_on, {"act": act}, name=f"disclosure_{act}")
        for act in disclosure.ACTS
    ],
]

urlpatterns = [
    path("registers/", include(REGISTERS)),
    *DISCLOSURES,
    path("", lists.everything, name="all"),
    path("finished/", lists.finished, name="finished"),
    path("mine/", lists.mine, name="mine"),
    path("new/", raising.start, name="raise"),
    path("new/<ref:circle>/", raising.worry, name="worry"),
    path("new/<ref:circle>/danger/", raising.danger, name="danger"),
    path("new/<ref:circle>/draft/", raising.draft, name="draft"),
    path("drafts/<uuid:key>/discard/", raising.discard, name="discard"),
    path("figures/", figures.figures, name="figures"),
    path("from-log/<ref:meeting>/", raising.raise_from_log, name="raise_from_log"),
    path("rota/", rota.rota, name="rota"),
    path("rota/plan/", rota.plan, name="plan_shift"),
    path("rota/<int:number>/agree/", rota.agree, name="agree_to_shift"),
    path("rota/<int:number>/refuse/", rota.refuse, name="refuse_shift"),
    path("rota/<int:number>/cancel/", rota.cancel, name="cancel_shift"),
    path("ladder/", calendar.ladder, name="ladder"),
    path("ladder/propose/", calendar.propose, name="propose_ladder"),
    path("ladder/<int:number>/agree/", calendar.approve, name="approve_ladder"),
    path("ladder/holidays/add/", calendar.holiday, name="add_holiday"),
    path("ladder/holidays/next-year/", calendar.next_year, name="next_year_of_holidays"),
    path("ladder/holidays/<int:number>/remove/", calendar.working_day, name="working_day"),
    path("drills/", drill.drills, name="drills"),
    path("drills/start/<ref:reference>/", drill.start, name="start_drill"),
    path("drills/<ref:reference>/", drill.drill, name="drill"),
    path("drills/<ref:reference>/received/", drill.answer, name="answer_drill"),
    path("patterns/", pattern.patterns, name="patterns"),
    path("patterns/<ref:reference>/", pattern.pattern, name="pattern"),
    path("patterns/<ref:reference>/seen/", pattern.seen, name="pattern_seen"),
    path("simulator/", simulation.simulator, name="simulator"),
    path("routing/", routing.versions, name="routing"),
    path("routing/draft/", routing.draft, name="draft_routing"),
    path("routing/<ref:reference>/", routing.version, name="routing_version"),
    path("routing/<ref:reference>/rule/", routing.rule, name="add_rule"),
    path("routing/<ref:reference>/propose/", routing.propose, name="propose_routing"),
    path("routing/<ref:reference>/decide/", routing.decide, name="decide_routing"),
    path("queues/", lists.queues, name="queues"),
    path("queues/<ref:reference>/", queue.queue, name="queue"),
    path("queues/<ref:reference>/views/", queue.keep_view, name="keep_view"),
    path("views/<ref:reference>/forget/", queue.forget, name="forget_view"),
    path("circles/<ref:reference>/", lists.circle_concerns, name="circle_concerns"),
    path("shares/", share.sent_to_me, name="sent_to_me"),
    path("shares/<ref:reference>/", share.share, name="share"),
    path("shares/<ref:reference>/text/", share.clean_text, name="share_text"),
    path("shares/<ref:reference>/paper/", share.paper, name="share_paper"),
    path("shares/<ref:reference>/read/", share.read, name="share_read"),
    *[path(f"shares/<ref:reference>/{act}/", share.act_on, {"act": act}, name=f"share_{act}") for act in share.ACTS],
    path("<ref:reference>/", concern.concern, name="concern"),
    path("<ref:reference>/sorting/", sorting.sorting, name="sorting"),
    path("<ref:reference>/receipt/", raising.receipt, name="receipt"),
    path("<ref:reference>/names/", pattern.name, name="name_subject"),
    path("<ref:reference>/call/", voice.call, name="call"),
    path("<ref:reference>/said-already/", from_log.said_already, name="said_already"),
    path("<ref:reference>/own-report/", voice.own_report, name="own_report"),
    path("<ref:reference>/who-looked/", concern.who_looked, name="who_looked"),
    path("<ref:reference>/told/", share.shares, name="shares"),
    path("<ref:reference>/tell/", share.propose, name="propose_share"),
    path("<ref:reference>/handover/", handover.handover, name="handover"),
    path("<ref:reference>/handover/taken/", handover.take, name="take_handover"),
    path("<ref:reference>/deliveries/", deliveries.deliveries, name="deliveries"),
    *[path(f"<ref:reference>/{act}/", concern.act_on, {"act": act}, name=act) for act in ACTS],
]
