"""Logs that carry ids only: one line of JSON for each thing, never a body, a query string or a name."""

import logging
import logging.config
import re
from typing import Any

import structlog

PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+]?(?:\d{4}|[A-Za-z]\d{3})(?!\d)")


def scrub(_logger: Any, _name: str, line: dict[str, Any]) -> dict[str, Any]:
    """Blank anything that looks like an identity number, wherever it came from."""
    return {
        key: PERSONAL_NUMBER.sub("[number]", value) if isinstance(value, str) else value
        for key, value in line.items()
    }


def shared_chain() -> list[Any]:
    """What each line gets, whoever writes it."""
    return [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]


def last_chain() -> list[Any]:
    return [structlog.processors.format_exc_info, scrub, structlog.processors.JSONRenderer()]


def as_json() -> logging.Formatter:
    """How the standard library's lines are written: ours, and the web server's own (`web_logging.json`)."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last_chain()],
        foreign_pre_chain=shared_chain(),
    )


def configure(_settings: dict[str, object]) -> None:
    """Send the standard library's logging and structlog through the same chain."""
    structlog.configure(
        processors=[*shared_chain(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": as_json}},
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["out"], "level": "WARNING"},
            "loggers": {"handslag": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
        }
    )
