"""Addresses of the routing room’s pages."""

from django.urls import path

from concerns.routing import views

urlpatterns = [
    path("routing/", views.versions, name="routing"),
    path("routing/draft/", views.draft, name="draft_routing"),
    path("routing/<ref:reference>/", views.version, name="routing_version"),
    path("routing/<ref:reference>/rule/", views.rule, name="add_rule"),
    path("routing/<ref:reference>/propose/", views.propose, name="propose_routing"),
    path("routing/<ref:reference>/decide/", views.decide, name="decide_routing"),
]
