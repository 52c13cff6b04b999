"""Addresses of the circle's pages."""

from django.urls import path

from circles.views import circle, consensus, log, meeting, people, rating, risk

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
    path("risk/completion/", risk.risk_completion, name="risk_completion"),
    path("<ref:reference>/risk/", risk.risk, name="risk"),
    path("risk/<ref:reference>/", risk.risk_review, name="risk_review"),
    path("risk/<ref:reference>/score/", rating.risk_score, name="risk_score"),
    path("risk/<ref:reference>/score/<int:page>/", rating.risk_score_page, name="risk_score_page"),
    path("risk/<ref:reference>/autosave/", rating.risk_autosave, name="risk_autosave"),
    path("risk/<ref:reference>/send/", rating.risk_send, name="risk_send"),
    path("risk/<ref:reference>/open/", consensus.risk_open, name="risk_open"),
    path("risk/<ref:reference>/agree/", consensus.risk_consensus, name="risk_consensus"),
    path("risk/<ref:reference>/agree/autosave/", consensus.risk_consensus_autosave, name="risk_consensus_autosave"),
    path("risk/<ref:reference>/sign-off/", consensus.risk_sign_off, name="risk_sign_off"),
    path("risk/<ref:reference>/missed/", risk.risk_missed, name="risk_missed"),
    path("risk/<ref:reference>/prompts/", risk.risk_prompts, name="risk_prompts"),
]
