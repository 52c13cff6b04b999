"""Addresses of concerns, queues and receipts."""

from django.urls import path

from concerns.views import concern, deliveries, drill, lists, raising, rota

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
    path("drills/", drill.drills, name="drills"),
    path("drills/start/<ref:reference>/", drill.start, name="start_drill"),
    path("drills/<ref:reference>/", drill.drill, name="drill"),
    path("drills/<ref:reference>/received/", drill.answer, name="answer_drill"),
    path("queues/", lists.queues, name="queues"),
    path("queues/<ref:reference>/", lists.queue, name="queue"),
    path("circles/<ref:reference>/", lists.circle_concerns, name="circle_concerns"),
    path("<ref:reference>/", concern.concern, name="concern"),
    path("<ref:reference>/receipt/", raising.receipt, name="receipt"),
    path("<ref:reference>/who-looked/", concern.who_looked, name="who_looked"),
    path("<ref:reference>/deliveries/", deliveries.deliveries, name="deliveries"),
    *[path(f"<ref:reference>/{act}/", concern.act_on, {"act": act}, name=act) for act in concern.ACTS],
]
