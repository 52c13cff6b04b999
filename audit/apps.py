"""The app's configuration. It listens for people signing in and out."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out

from audit.signing import note_sign_in, note_sign_out


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        user_logged_in.connect(note_sign_in, dispatch_uid="audit signed in")
        user_logged_out.connect(note_sign_out, dispatch_uid="audit signed out")
