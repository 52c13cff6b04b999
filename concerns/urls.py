"""Addresses of concerns."""

app_name = "concerns"
urlpatterns = []
