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


def configure(_settings: dict[str, object]) -> None:
    """Send the standard library's logging and structlog through the same chain."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = [structlog.processors.format_exc_info, scrub, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["out"], "level": "WARNING"},
            "loggers": {"handslag": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
        }
    )
