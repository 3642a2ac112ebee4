"""In which language a text stands that is not the page's own: `{% load languages %}` (WCAG 3.1.2).

A sentence that the system keeps as a code is told in the reader's language and needs no mark. What a person who is no
member of staff has written is of unknown language, and a wrong mark is worse than none.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from handslag.foundation import public as foundation

register = template.Library()


@register.simple_tag
def written_in(stored: Any = None, writer: foundation.Account | str | None = None) -> SafeString | str:
    """` lang="sv"` for the element that holds free text by a member of staff: the language of the writer's own pages, or
    the municipality's where the reader may not know it. Nothing for `stored` that is a code with values."""
    if isinstance(stored, dict):
        return ""
    return _marked(getattr(writer, "language", "") or settings.LANGUAGE_CODE)


@register.simple_tag
def sent_in(message: Any, languages: Mapping[UUID, str]) -> SafeString | str:
    """The same for the heading or the words of a message: as its writer writes, and what the system has sent as a letter
    in the language of the one whom it was sent to (`languages`, by person)."""
    if message.said or message.direction != "to_person":
        return ""
    if message.account_id is not None:
        return written_in(None, message.account)
    return _marked(languages.get(message.person_id, ""))


@register.simple_tag
def paper_in(paper: Any) -> SafeString | str:
    """The same for the name of a paper, mostly a link to it: letters of decision are Swedish and named so; of others nobody
    knows."""
    if paper is None or paper.kind != "decision_letter":
        return ""
    return _marked(settings.LANGUAGE_CODE)


def _marked(language: str) -> SafeString | str:
    known = language in dict(settings.LANGUAGES)
    return format_html(' lang="{}"', language) if known else ""


@register.filter
def language_name(code: str) -> str:
    """The name of a language (ISO 639 code) in the page's own: "somaliska". A code that nobody knows stands as it is."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(get_language() or "sv")
    except (UnknownLocaleError, ValueError):
        return code
    return name or code
