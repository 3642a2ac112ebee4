"""The shell as a Django app: the frame that every face stands in."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "handslag.portal.shell"
    label = "shell"

    def ready(self) -> None:
        from handslag.portal.shell import sessions

        sessions.listen()
