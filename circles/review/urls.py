"""Addresses of the review room’s pages."""

from django.urls import path

from circles.review import record_views, views

urlpatterns = [
    path("<ref:reference>/reviews/", views.reviews, name="reviews"),
    path("reviews/<ref:reference>/", views.review, name="review"),
    path("reviews/<ref:reference>/invite/", views.invite, name="review_invite"),
    path("reviews/<ref:reference>/postpone/", views.postpone, name="review_postpone"),
    path("reviews/<ref:reference>/view/", views.give_view, name="review_view"),
    path("reviews/<ref:reference>/own-view/", views.own_view, name="review_own_view"),
    path("reviews/<ref:reference>/held/", record_views.hold, name="review_hold"),
    path("reviews/<ref:reference>/chase/", record_views.chase, name="review_chase"),
    path("reviews/<ref:reference>/decide/", record_views.decide, name="review_decide"),
    path("reviews/<ref:reference>/write/", record_views.write, name="review_write"),
    path("reviews/<ref:reference>/share/", record_views.share, name="review_share"),
    path("reviews/<ref:reference>/close/", record_views.close, name="review_close"),
    path("reviews/<ref:reference>/inner-copy/", record_views.inner_copy, name="review_inner_copy"),
    path("reviews/<ref:reference>/outer-copy/", record_views.outer_copy, name="review_outer_copy"),
]
