"""Names the app, and listens for signing in and out."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out

from audit.signing import signed_in, signed_out


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        user_logged_in.connect(signed_in, dispatch_uid="audit signed in")
        user_logged_out.connect(signed_out, dispatch_uid="audit signed out")
