"""Address of the coordinator room’s page."""

from django.urls import path

from circles.coordinator import views

urlpatterns = [
    path("<ref:reference>/people/coordinator/", views.coordinator, name="coordinator"),
]
