"""The addresses of the service: those of each app, and the few of its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from accounts.views.submitted import take_each_form_once
from audit.old_pages import compare_each_page
from circles.calendar.views import feed
from concerns.readiness.views import set_up
from config import views
from config.home import home
from core.references import ReferenceConverter

register_converter(ReferenceConverter, "ref")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", views.health, name="health"),
    path("healthz/tick", views.tick, name="tick"),
    path("help/", views.help_page, name="help"),
    path("set-up/", set_up, name="set_up"),
    path("status/", views.status, name="status"),
    path("account/", include("allauth.urls")),
    path("calendar/<str:token>.ics", feed, name="feed"),
    path("people/", include("accounts.urls")),
    path("alerts/", include("alerts.urls")),
    path("trail/", include("audit.urls")),
    path("core-members/", include("offenders.urls")),
    path("volunteers/", include("volunteers.urls")),
    path("circles/", include("circles.urls")),
    path("concerns/", include("concerns.urls")),
    *([path("demo/", include("embedded.urls"))] if settings.DEMO else []),
]

OURS = [pattern for pattern in urlpatterns if getattr(pattern, "app_name", None) not in {None, "demo"}]
compare_each_page(OURS)
take_each_form_once(OURS)
