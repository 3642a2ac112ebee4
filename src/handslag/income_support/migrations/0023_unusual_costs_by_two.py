"""Limits of unusual costs hold when a second authorised person has confirmed them, never the one who entered them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids
from handslag.foundation.policies import never_change, own_hand, protect, run_sql

# Two persons, whoever writes the row: an unknown hand confirms nothing, and nobody the own entry.
SECOND_PERSON = """
CREATE FUNCTION handslag_unusual_costs_second_person() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.outcome = 'confirmed' AND (NEW.reviewed_by_id IS NULL OR EXISTS (
      SELECT FROM income_support_unusualcostlimits s WHERE s.id = NEW.limits_id
        AND s.entered_by_id = NEW.reviewed_by_id)) THEN
    RAISE EXCEPTION 'limits of unusual costs are confirmed by another person than the one who entered them'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'income_unusual_costs_two_persons';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER income_support_unusualcostreview_second BEFORE INSERT ON income_support_unusualcostreview
  FOR EACH ROW EXECUTE FUNCTION handslag_unusual_costs_second_person();
"""
UNDO = """
DROP TRIGGER income_support_unusualcostreview_second ON income_support_unusualcostreview;
DROP FUNCTION handslag_unusual_costs_second_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("income_support", "0022_balance_by_state"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnusualCostReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("confirmed", "Confirmed"), ("returned", "Returned")], max_length=10
                    ),
                ),
                ("because", models.TextField(blank=True)),
                ("reviewed_name", models.CharField(max_length=120)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "limits",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review",
                        to="income_support.unusualcostlimits",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "income_support_unusualcostreview",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(outcome="confirmed") | ~models.Q(because=""),
                        name="income_unusual_costs_returned_why",
                    )
                ],
            },
        ),
        protect(
            "income_support_unusualcostreview",
            read="true",
            insert="handslag_is_system() OR handslag_has_role('rules_officer') OR handslag_has_role('manager')",
            update="false",
        ),
        never_change("income_support_unusualcostreview"),
        own_hand("income_support_unusualcostreview", "reviewed_by_id"),
        run_sql(SECOND_PERSON, UNDO),
    ]  # fmt: skip
