"""Addresses of the circle's pages."""

from django.urls import path

from circles.views import circle, log, meeting, people, review, review_record

app_name = "circles"

urlpatterns = [
    path("", circle.circles, name="circles"),
    path("open/", circle.open_new, name="open"),
    path("<ref:reference>/", circle.circle, name="circle"),
    path("<ref:reference>/meetings/", meeting.meetings, name="meetings"),
    path("<ref:reference>/people/", people.people, name="people"),
    path("<ref:reference>/people/add/", people.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", people.end_membership, name="end_membership"),
    path("<ref:reference>/close/", circle.close, name="close"),
    path("<ref:reference>/who-looked/", circle.who_looked, name="who_looked"),
    path("meetings/<ref:reference>/", meeting.meeting, name="meeting"),
    path("meetings/<ref:reference>/approve/", meeting.approve, name="approve"),
    path("meetings/<ref:reference>/return/", meeting.give_back, name="return"),
    path("meetings/<ref:reference>/add/", meeting.addendum, name="addendum"),
    path("meetings/<ref:reference>/take/", meeting.take_minutes, name="take_minutes"),
    path("meetings/<ref:reference>/log/", log.log, name="log"),
    path("meetings/<ref:reference>/log/<int:page>/", log.log_page, name="log_page"),
    path("meetings/<ref:reference>/log/check/", log.log_check, name="log_check"),
    path("meetings/<ref:reference>/log/autosave/", log.autosave, name="autosave"),
    path("<ref:reference>/reviews/", review.reviews, name="reviews"),
    path("reviews/<ref:reference>/", review.review, name="review"),
    path("reviews/<ref:reference>/invite/", review.invite, name="review_invite"),
    path("reviews/<ref:reference>/postpone/", review.postpone, name="review_postpone"),
    path("reviews/<ref:reference>/view/", review.give_view, name="review_view"),
    path("reviews/<ref:reference>/own-view/", review.own_view, name="review_own_view"),
    path("reviews/<ref:reference>/held/", review_record.hold, name="review_hold"),
    path("reviews/<ref:reference>/chase/", review_record.chase, name="review_chase"),
    path("reviews/<ref:reference>/decide/", review_record.decide, name="review_decide"),
    path("reviews/<ref:reference>/write/", review_record.write, name="review_write"),
    path("reviews/<ref:reference>/share/", review_record.share, name="review_share"),
    path("reviews/<ref:reference>/close/", review_record.close, name="review_close"),
    path("reviews/<ref:reference>/inner-copy/", review_record.inner_copy, name="review_inner_copy"),
    path("reviews/<ref:reference>/outer-copy/", review_record.outer_copy, name="review_outer_copy"),
]
