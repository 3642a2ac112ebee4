"""The lead face as a Django app."""

from django.apps import AppConfig


class LeadConfig(AppConfig):
    name = "handslag.portal.lead"
    label = "lead"

    def ready(self) -> None:
        from handslag.portal.lead import events  # noqa: F401
