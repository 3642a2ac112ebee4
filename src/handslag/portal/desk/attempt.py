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
    tell_conflicts: bool = False,
) -> Any:
    """Do it and give what it gives; None when it was refused.

    The error stands at `field`, or at the field that the error names, by the form's own name for it (`places`). A
    Conflict is let through, since what to do about a stale page differs from page to page, unless `tell_conflicts`.
    """
    try:
        return act()
    except foundation.Conflict as fault:
        if not tell_conflicts:
            raise
        return _told(form, fault, field, places)
    except foundation.HandslagError as fault:
        return _told(form, fault, field, places)


def _told(
    form: forms.Form, fault: foundation.HandslagError, field: str | None, places: Mapping[str, str] | None
) -> None:
    where = (places or {}).get(fault.where, fault.where)
    form.add_error(field or (where if where in form.fields else None), fault.in_one_line)
