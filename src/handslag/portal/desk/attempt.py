"""An operation tried from a form: what is wrong becomes the form's own error, and what was typed is kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from handslag.foundation import public as foundation


def attempt(
    form: forms.Form,
    act: Callable[[], Any],
    *,
    field: str | None = None,
    places: Mapping[str, str] | None = None,
) -> Any:
    """Do it and give what it gives; None when it was refused.

    The error stands at `field`, or at the field that the error names, by the form's own name for it (`places`). A
    Conflict is never swallowed: what to do about it differs from page to page.
    """
    try:
        return act()
    except foundation.Conflict:
        raise
    except foundation.HandslagError as fault:
        where = (places or {}).get(fault.where, fault.where)
        form.add_error(field or (where if where in form.fields else None), fault.in_one_line)
        return None
