"""Addresses of the panel room’s pages."""

from django.urls import path

from offenders.panel import seat_views, views

urlpatterns = [
    path("panel/<ref:reference>/", seat_views.panel_seat, name="panel_seat"),
    path("referrals/<ref:reference>/assessment/", views.assessment, name="assessment"),
    path("referrals/<ref:reference>/assessment/sign-off/", views.sign_off, name="sign_off_assessment"),
    path("referrals/<ref:reference>/assessment/risk/", views.assess_volunteer_risk, name="assess_volunteer_risk"),
    path("referrals/<ref:reference>/assessment/complete/", views.complete_assessment, name="complete_assessment"),
    path("referrals/<ref:reference>/panel/ask/", views.seat_member, name="seat_member"),
    path("referrals/<ref:reference>/panel/<ref:seat>/end/", views.end_seat, name="end_seat"),
    path("referrals/<ref:reference>/panel/defer/", views.defer_referral, name="defer_referral"),
    path("referrals/<ref:reference>/panel/resume/", views.resume_referral, name="resume_referral"),
    path("referrals/<ref:reference>/panel/accept/", views.accept_referral, name="accept_referral"),
    path("referrals/<ref:reference>/appeal/", views.uphold_appeal, name="uphold_appeal"),
]
