"""Addresses of the share room’s pages."""

from django.urls import path

from concerns.share import views

urlpatterns = [
    path("shares/", views.sent_to_me, name="sent_to_me"),
    path("shares/<ref:reference>/", views.share, name="share"),
    path("shares/<ref:reference>/text/", views.clean_text, name="share_text"),
    path("shares/<ref:reference>/paper/", views.paper, name="share_paper"),
    path("shares/<ref:reference>/read/", views.read, name="share_read"),
    *[path(f"shares/<ref:reference>/{act}/", views.act_on, {"act": act}, name=f"share_{act}") for act in views.ACTS],
    path("<ref:reference>/told/", views.shares, name="shares"),
    path("<ref:reference>/tell/", views.propose, name="propose_share"),
]
