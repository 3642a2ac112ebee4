"""The e-service for concern as a Django app: it keeps its own sealed drafts."""

from django.apps import AppConfig


class ConcernConfig(AppConfig):
    name = "handslag.portal.citizen.concern"
    label = "concern"
