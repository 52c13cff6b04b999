"""Addresses of the risk room’s pages."""

from django.urls import path

from circles.risk import consensus_views, rating_views, views

urlpatterns = [
    path("risk/completion/", views.risk_completion, name="risk_completion"),
    path("<ref:reference>/risk/", views.risk, name="risk"),
    path("risk/<ref:reference>/", views.risk_review, name="risk_review"),
    path("risk/<ref:reference>/score/", rating_views.risk_score, name="risk_score"),
    path("risk/<ref:reference>/score/<int:page>/", rating_views.risk_score_page, name="risk_score_page"),
    path("risk/<ref:reference>/autosave/", rating_views.risk_autosave, name="risk_autosave"),
    path("risk/<ref:reference>/send/", rating_views.risk_send, name="risk_send"),
    path("risk/<ref:reference>/open/", consensus_views.risk_open, name="risk_open"),
    path("risk/<ref:reference>/agree/", consensus_views.risk_consensus, name="risk_consensus"),
    path(
        "risk/<ref:reference>/agree/autosave/", consensus_views.risk_consensus_autosave, name="risk_consensus_autosave"
    ),
    path("risk/<ref:reference>/sign-off/", consensus_views.risk_sign_off, name="risk_sign_off"),
    path("risk/<ref:reference>/missed/", views.risk_missed, name="risk_missed"),
    path("risk/<ref:reference>/prompts/", views.risk_prompts, name="risk_prompts"),
]
