"""Addresses of concerns, queues and receipts."""

from django.urls import path

from concerns.views import calendar, concern, deliveries, drill, lists, raising, rerouting, rota, share

app_name = "concerns"

urlpatterns = [
    path("", lists.everything, name="all"),
    path("mine/", lists.mine, name="mine"),
    path("new/", raising.start, name="raise"),
    path("new/<ref:circle>/", raising.worry, name="worry"),
    path("new/<ref:circle>/danger/", raising.danger, name="danger"),
    path("new/<ref:circle>/draft/", raising.draft, name="draft"),
    path("from-log/<ref:meeting>/", raising.raise_from_log, name="raise_from_log"),
    path("rota/", rota.rota, name="rota"),
    path("rota/plan/", rota.plan, name="plan_shift"),
    path("rota/<int:number>/cancel/", rota.cancel, name="cancel_shift"),
    path("ladder/", calendar.ladder, name="ladder"),
    path("ladder/propose/", calendar.propose, name="propose_ladder"),
    path("ladder/<int:number>/agree/", calendar.approve, name="approve_ladder"),
    path("ladder/holidays/add/", calendar.holiday, name="add_holiday"),
    path("ladder/holidays/<int:number>/remove/", calendar.working_day, name="working_day"),
    path("drills/", drill.drills, name="drills"),
    path("drills/start/<ref:reference>/", drill.start, name="start_drill"),
    path("drills/<ref:reference>/", drill.drill, name="drill"),
    path("drills/<ref:reference>/received/", drill.answer, name="answer_drill"),
    path("queues/", lists.queues, name="queues"),
    path("queues/<ref:reference>/", lists.queue, name="queue"),
    path("circles/<ref:reference>/", lists.circle_concerns, name="circle_concerns"),
    path("shares/", share.sent_to_me, name="sent_to_me"),
    path("shares/<ref:reference>/", share.share, name="share"),
    path("shares/<ref:reference>/text/", share.clean_text, name="share_text"),
    *[path(f"shares/<ref:reference>/{act}/", share.act_on, {"act": act}, name=f"share_{act}") for act in share.ACTS],
    path("<ref:reference>/", concern.concern, name="concern"),
    path("<ref:reference>/receipt/", raising.receipt, name="receipt"),
    path("<ref:reference>/who-looked/", concern.who_looked, name="who_looked"),
    path("<ref:reference>/told/", share.shares, name="shares"),
    path("<ref:reference>/tell/", share.propose, name="propose_share"),
    path("<ref:reference>/deliveries/", deliveries.deliveries, name="deliveries"),
    path("<ref:reference>/hold/", rerouting.hold, name="hold"),
    path("<ref:reference>/release-hold/", rerouting.release, name="release_hold"),
    path("<ref:reference>/move/", rerouting.move, name="move"),
    path("<ref:reference>/join/", rerouting.join, name="join"),
    *[path(f"<ref:reference>/{act}/", concern.act_on, {"act": act}, name=act) for act in concern.ACTS],
]
