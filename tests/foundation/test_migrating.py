"""What the migrations make is what the models say, though they no longer render every model at every step."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models
from django.db.migrations.state import ProjectState

from handslag.config.migrating import light_states


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_database_holds_every_column_index_and_constraint_of_the_models() -> None:
    connection = connections["owner"]
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            meta = model._meta
            if not meta.managed or meta.proxy:
                continue
            columns = {one.name for one in connection.introspection.get_table_description(cursor, meta.db_table)}
            assert columns >= {field.column for field in meta.local_concrete_fields}, meta.label
            there = connection.introspection.get_constraints(cursor, meta.db_table)
            said = {one.name for one in (*meta.indexes, *meta.constraints)}
            assert said <= set(there), (meta.label, said - set(there))
            keys = {tuple(one["columns"]): one["foreign_key"] for one in there.values() if one["foreign_key"]}
            for field in meta.local_concrete_fields:
                if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
                    assert keys[(field.column,)][0] == field.related_model._meta.db_table, f"{meta.label}.{field.name}"


def test_django_is_left_as_it_was_afterwards() -> None:
    whole: Any = ProjectState
    before = whole._append_option, whole.add_model
    with pytest.raises(ValueError, match="broken off"), light_states():
        assert before != (whole._append_option, whole.add_model)
        raise ValueError("broken off")
    assert before == (whole._append_option, whole.add_model)
