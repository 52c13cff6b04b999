"""Addresses of the circle's pages."""

from django.urls import path

from circles.views import action, circle, goal, log, measure, meeting, outcome, paper, people

app_name = "circles"

urlpatterns = [
    path("", circle.circles, name="circles"),
    path("open/", circle.open_new, name="open"),
    path("<ref:reference>/", circle.circle, name="circle"),
    path("<ref:reference>/meetings/", meeting.meetings, name="meetings"),
    path("<ref:reference>/people/", people.people, name="people"),
    path("<ref:reference>/people/add/", people.add_volunteer, name="add_volunteer"),
    path("<ref:reference>/people/<ref:volunteer>/end/", people.end_membership, name="end_membership"),
    path("<ref:reference>/actions/", action.actions, name="actions"),
    path("<ref:reference>/actions/agree/", action.agree_action, name="agree_action"),
    path("<ref:reference>/actions/<ref:action>/", action.settle_action, name="settle_action"),
    path("<ref:reference>/measures/", measure.measures, name="measures"),
    path("<ref:reference>/measures/<slug:point>/", measure.record_measures, name="record_measures"),
    path("<ref:reference>/outcomes/", outcome.outcomes, name="outcomes"),
    path("<ref:reference>/outcomes/record/", outcome.record_outcome, name="record_outcome"),
    path("<ref:reference>/outcomes/<ref:outcome>/correct/", outcome.correct_outcome, name="correct_outcome"),
    path("<ref:reference>/goals/", goal.goals, name="goals"),
    path("<ref:reference>/goals/open/", goal.open_goal, name="open_goal"),
    path("<ref:reference>/goals/<ref:goal>/end/", goal.end_goal, name="end_goal"),
    path("<ref:reference>/close/", circle.close, name="close"),
    path("<ref:reference>/who-looked/", circle.who_looked, name="who_looked"),
    path("meetings/paper/", paper.paper_code, name="paper_code"),
    path("meetings/<ref:reference>/paper/", paper.paper, name="paper"),
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
