"""Migrations in a fraction of the time: what Django renders anew at each step though it did not change is left as it is.

Django keeps every model of a migration's state as a class. When an index, a constraint or a new model is added, it makes
the classes of everything related anew, which in a house where all points at persons and units is most of them: nine tenths
of the time of an empty database. An index or a constraint changes no field, so the one class is told of it; a new
model is made beside those that are there, which learn of it as they do when a program loads. What reaches the database
is the same: a database made each way was dumped and compared, and `tests/foundation/test_migrating.py` holds a
database made so against the models.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db.migrations.state import ProjectState


@contextlib.contextmanager
def light_states() -> Iterator[None]:
    """Within it, migrations of this process add indexes, constraints and models without making others anew."""
    state: Any = ProjectState
    whole = state._append_option, state.add_model
    state._append_option, state.add_model = _append_option, _add_model
    try:
        yield
    finally:
        state._append_option, state.add_model = whole


def _append_option(state: Any, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    model_state = state.models[app_label, model_name]
    model_state.options[option_name] = [*model_state.options[option_name], obj]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option_name, [*getattr(meta, option_name), obj])


def _add_model(state: Any, model_state: Any) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model_state])
