"""Addresses of the circle's pages."""

from django.urls import path

from circles.views import assent, circle, log, log_more, meeting, people, support, taking_over, taxonomy, version

app_name = "circles"

urlpatterns = [
    path("", circle.circles, name="circles"),
    path("words/", taxonomy.tags, name="tags"),
    path("words/<ref:reference>/", taxonomy.tag, name="tag"),
    path("words/<ref:reference>/retire/", taxonomy.retire, name="retire_tag"),
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
    path("meetings/<ref:reference>/take-over/", taking_over.take_over, name="take_over"),
    path("meetings/<ref:reference>/agree/", assent.assent, name="assent"),
    path("meetings/<ref:reference>/versions/", version.versions, name="versions"),
    path("meetings/<ref:reference>/versions/<int:number>/", version.versions, name="version"),
    path("meetings/<ref:reference>/correct/", version.correct, name="correct"),
    path("meetings/<ref:reference>/called/", support.called, name="called"),
    path("meetings/<ref:reference>/log/factors/", log_more.log_factors, name="log_factors"),
    path("meetings/<ref:reference>/log/contacts/", log_more.log_contacts, name="log_contacts"),
    path("meetings/<ref:reference>/log/contacts/<int:number>/remove/", log_more.remove_contact, name="remove_contact"),
    path("meetings/<ref:reference>/log/", log.log, name="log"),
    path("meetings/<ref:reference>/log/<int:page>/", log.log_page, name="log_page"),
    path("meetings/<ref:reference>/log/check/", log.log_check, name="log_check"),
    path("meetings/<ref:reference>/log/autosave/", log.autosave, name="autosave"),
]
