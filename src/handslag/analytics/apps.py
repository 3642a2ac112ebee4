"""Analytics as a Django app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "handslag.analytics"
    label = "analytics"
    default_auto_field = "django.db.models.UUIDField"
