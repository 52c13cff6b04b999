"""Addresses of the raising room’s pages."""

from django.urls import path

from concerns.raising import from_log_views, views

urlpatterns = [
    path("new/", views.start, name="raise"),
    path("new/<ref:circle>/", views.worry, name="worry"),
    path("new/<ref:circle>/danger/", views.danger, name="danger"),
    path("new/<ref:circle>/draft/", views.draft, name="draft"),
    path("drafts/<uuid:key>/discard/", views.discard, name="discard"),
    path("from-log/<ref:meeting>/", views.raise_from_log, name="raise_from_log"),
    path("<ref:reference>/receipt/", views.receipt, name="receipt"),
    path("<ref:reference>/said-already/", from_log_views.add_log_answer, name="said_already"),
]
