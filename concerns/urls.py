"""Addresses of concerns, queues and receipts."""

from django.urls import path

from concerns.views import concern, lists, queue, raising, routing, simulation, sorting
from concerns.views.acts import ACTS

app_name = "concerns"

urlpatterns = [
    path("", lists.everything, name="all"),
    path("mine/", lists.mine, name="mine"),
    path("new/", raising.start, name="raise"),
    path("new/<ref:circle>/", raising.worry, name="worry"),
    path("new/<ref:circle>/danger/", raising.danger, name="danger"),
    path("new/<ref:circle>/draft/", raising.draft, name="draft"),
    path("from-log/<ref:meeting>/", raising.raise_from_log, name="raise_from_log"),
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
    path("<ref:reference>/", concern.concern, name="concern"),
    path("<ref:reference>/sorting/", sorting.sorting, name="sorting"),
    path("<ref:reference>/receipt/", raising.receipt, name="receipt"),
    path("<ref:reference>/who-looked/", concern.who_looked, name="who_looked"),
    *[path(f"<ref:reference>/{act}/", concern.act_on, {"act": act}, name=act) for act in ACTS],
]
