"""The citizen's face as a Django app."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "handslag.portal.citizen"
    label = "citizen"
