"""The account face as a Django app. Its label differs from its name: the log-in library has taken `account`."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "handslag.portal.account"
    label = "handslag_account"

    def ready(self) -> None:
        from handslag.portal.account import events  # noqa: F401
