"""Addresses of the referral room’s pages, and of those that a referrer reaches through a link."""

from django.urls import path

from offenders.referral import identity_views, link_views, step_views, views

urlpatterns = [
    path("refer/<str:token>/", link_views.referrer_link, name="referrer_link"),
    path("referring/", link_views.referring, name="referring"),
    path("referring/<slug:section>/", link_views.referring_section, name="referring_section"),
    path("referring/<slug:section>/<int:number>/", link_views.referring_part, name="referring_part"),
    path(
        "referring/<slug:section>/<int:number>/remove/", link_views.remove_referring_part, name="remove_referring_part"
    ),
    path("referrals/", views.referrals, name="referrals"),
    path("referrals/figures/", views.referral_figures, name="referral_figures"),
    path("referrals/start/", views.start_referral, name="start_referral"),
    path("referrals/<ref:reference>/", views.referral, name="referral"),
    path("referrals/<ref:reference>/form/<slug:section>/", views.referral_section, name="referral_section"),
    path("referrals/<ref:reference>/form/<slug:section>/<int:number>/", views.referral_part, name="referral_part"),
    path(
        "referrals/<ref:reference>/form/<slug:section>/<int:number>/remove/",
        views.remove_referral_part,
        name="remove_referral_part",
    ),
    path("referrals/<ref:reference>/identity/", identity_views.referral_identity, name="referral_identity"),
    path(
        "referrals/<ref:reference>/identity/write/",
        identity_views.write_referral_identity,
        name="write_referral_identity",
    ),
    path(
        "referrals/<ref:reference>/identity/erase/",
        identity_views.erase_referral_identity,
        name="erase_referral_identity",
    ),
    path("referrals/<ref:reference>/send/", step_views.submit_referral, name="submit_referral"),
    path("referrals/<ref:reference>/acknowledge/", step_views.acknowledge_referral, name="acknowledge_referral"),
    path("referrals/<ref:reference>/ask/", step_views.ask_for_information, name="ask_for_information"),
    path("referrals/<ref:reference>/received/", step_views.receive_information, name="receive_information"),
    path("referrals/<ref:reference>/decline/", step_views.decline_referral, name="decline_referral"),
    path("referrals/<ref:reference>/withdraw/", step_views.withdraw_referral, name="withdraw_referral"),
    path("referrals/<ref:reference>/referrer/", step_views.change_referrer, name="change_referrer"),
    path("referrals/<ref:reference>/hand-over/", step_views.hand_referral, name="hand_referral"),
    path("referrals/<ref:reference>/papers/", step_views.note_document, name="note_document"),
    path("referrals/<ref:reference>/link/", step_views.send_referrer_link, name="send_referrer_link"),
]
