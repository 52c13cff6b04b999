"""Addresses of the circle's pages."""

from django.urls import path

from circles.views import agreement, circle, life, log, meeting, people, register, venue

app_name = "circles"

urlpatterns = [
    path("", circle.circles, name="circles"),
    path("open/", circle.open_new, name="open"),
    path("propose/", life.propose, name="propose"),
    path("venues/", venue.venues, name="venues"),
    path("venues/add/", venue.add_venue, name="add_venue"),
    path("venues/<ref:reference>/", venue.venue, name="venue"),
    path("venues/<ref:reference>/change/", venue.change_venue, name="change_venue"),
    path("venues/<ref:reference>/assess/", venue.assess_venue, name="assess_venue"),
    path("programmes/", register.programmes, name="programmes"),
    path("programmes/<ref:reference>/", register.change_programme, name="change_programme"),
    path("sharing/", register.sharing, name="sharing"),
    path("sharing/add/", register.add_sharing, name="add_sharing"),
    path("agreement/", agreement.publish_agreement, name="publish_agreement"),
    path("<ref:reference>/", circle.circle, name="circle"),
    path("<ref:reference>/meetings/", meeting.meetings, name="meetings"),
    path("<ref:reference>/people/", people.people, name="people"),
    path("<ref:reference>/people/add/", people.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", people.end_membership, name="end_membership"),
    path("<ref:reference>/stands-open/", life.stands_open, name="stands_open"),
    path("<ref:reference>/stands-open/<slug:step>/", life.step, name="step"),
    path("<ref:reference>/close/", life.step, {"step": "close"}, name="close"),
    path("<ref:reference>/venue/", venue.choose_venue, name="choose_venue"),
    path("<ref:reference>/agreement/", agreement.agreement, name="agreement"),
    path("<ref:reference>/agreement/sign/", agreement.sign, name="sign"),
    path("<ref:reference>/agreement/his/", agreement.record_his_signature, name="record_his_signature"),
    path("<ref:reference>/briefing/", agreement.record_briefing, name="record_briefing"),
    path("<ref:reference>/sharing/", register.set_sharing_aside, name="set_sharing_aside"),
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
]
