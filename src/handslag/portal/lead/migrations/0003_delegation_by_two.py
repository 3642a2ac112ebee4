"""The board's decisions about delegation: entered by one person, in force when a second has confirmed them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids
from handslag.foundation.policies import never_change, own_hand, protect, run_sql

REVIEWERS = "handslag_has_role('rules_officer') OR handslag_has_role('manager') OR handslag_has_role('board')"
# Two persons, whoever writes the row, unless the municipality has settled that one is enough.
SECOND_PERSON = """
CREATE FUNCTION handslag_delegation_second_person() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.outcome = 'confirmed' AND (NEW.reviewed_by_id IS NULL OR EXISTS (
      SELECT FROM lead_delegationdecision d
      WHERE d.id = NEW.decision_id AND d.persons > 1 AND d.entered_by_id = NEW.reviewed_by_id)) THEN
    RAISE EXCEPTION 'delegation is confirmed by another person than the one who entered it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_delegation_two_persons';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lead_delegationreview_second BEFORE INSERT ON lead_delegationreview
  FOR EACH ROW EXECUTE FUNCTION handslag_delegation_second_person();
"""
UNDO = """
DROP TRIGGER lead_delegationreview_second ON lead_delegationreview;
DROP FUNCTION handslag_delegation_second_person();
"""


def _id() -> models.UUIDField:
    return models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)


def _account() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("lead", "0002_statistics_from_their_schema"),
        ("foundation", "0013_delegation_written_by_the_system"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DelegationDecision",
            fields=[
                ("id", _id()),
                ("decision_type", models.CharField(max_length=60)),
                ("role", models.CharField(blank=True, max_length=30)),
                ("automated", models.BooleanField(default=False)),
                ("max_amount_kr", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("day", models.DateField()),
                ("paragraph", models.CharField(max_length=40)),
                ("decided_on", models.DateField()),
                ("persons", models.PositiveSmallIntegerField(default=2)),
                ("entered_at", models.DateTimeField()),
                (
                    "ends",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to="foundation.delegationrule",
                    ),
                ),
                ("entered_by", _account()),
            ],
            options={
                "db_table": "lead_delegationdecision",
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(paragraph=""), name="lead_delegation_paragraph"),
                    models.CheckConstraint(condition=models.Q(persons__in=[1, 2]), name="lead_delegation_persons"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegationReview",
            fields=[
                ("id", _id()),
                (
                    "outcome",
                    models.CharField(choices=[("confirmed", "Confirmed"), ("returned", "Returned")], max_length=10),
                ),
                ("because", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review", to="lead.delegationdecision"
                    ),
                ),
                ("reviewed_by", _account()),
            ],
            options={
                "db_table": "lead_delegationreview",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(outcome="confirmed") | ~models.Q(because=""),
                        name="lead_delegation_returned_why",
                    )
                ],
            },
        ),
        protect(
            "lead_delegationdecision",
            read="handslag_is_system() OR handslag_is_staff()",
            insert="handslag_is_system() OR (handslag_has_role('rules_officer') AND persons = 2)",
            update="false",
        ),
        never_change("lead_delegationdecision"),
        own_hand("lead_delegationdecision", "entered_by_id"),
        protect(
            "lead_delegationreview",
            read="handslag_is_system() OR handslag_is_staff()",
            insert=f"handslag_is_system() OR {REVIEWERS}",
            update="false",
        ),
        never_change("lead_delegationreview"),
        own_hand("lead_delegationreview", "reviewed_by_id"),
        run_sql(SECOND_PERSON, UNDO),
    ]  # fmt: skip
