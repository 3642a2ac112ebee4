"""How the job library starts within Handslag."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Load the foundation's own tasks, which belong to no other context."""
    import handslag.foundation.jobs  # noqa: F401
