"""Whether the account of an application is also given by somebody who has nothing to do with the household."""

from django.db import migrations, models

from handslag.foundation.policies import function, run_sql

KINDS = [
    "UNHANDLED_INCOME", "INCOME_CHANGE", "MISSING_REGISTER", "INCOME_DROPPED", "NEW_INCOME", "HOUSEHOLD_CHANGE",
    "HOUSING_COST_CHANGE", "EXPENSE_REVIEW", "EXPENSE_CAPPED", "EXPENSE_UNUSUAL", "ACCOUNT_SHARED",
]  # fmt: skip


def account(clearing: str, number: str) -> str:
    """An account as digits alone: four of the clearing number, and the number without leading noughts."""
    return (
        f"(substr(regexp_replace({clearing}, '[^0-9]', '', 'g'), 1, 4) || ':' || "
        f"ltrim(regexp_replace({number}, '[^0-9]', '', 'g'), '0'))"
    )


def answered(row: str = "") -> str:
    return account(f"({row}answers #>> '{{account,clearing}}')", f"({row}answers #>> '{{account,number}}')")


# The answer is yes or no and never who; it is the system that asks. Whoever lives in the home today, is registered as
# related, or has applied together with the applicant is no stranger.
SHARED = f"""
WITH mine AS (
  SELECT a.applicant_id AS one, coalesce(a.co_applicant_id, a.applicant_id) AS other, {answered("a.")} AS account
  FROM income_support_application a WHERE a.id = wanted AND handslag_is_system()
)
SELECT EXISTS (
  SELECT FROM mine, LATERAL (
    SELECT o.applicant_id AS person_id FROM income_support_application o
    WHERE {answered("o.")} = mine.account AND (o.co_applicant_id IS NULL OR o.co_applicant_id NOT IN (mine.one, mine.other))
    UNION ALL
    SELECT p.person_id FROM income_support_payee p
    WHERE p.kind = 'person' AND {account("p.clearing", "p.account_number")} = mine.account
  ) given
  WHERE given.person_id NOT IN (mine.one, mine.other)
    AND NOT EXISTS (
      SELECT FROM people_householdmember a JOIN people_householdmember b USING (household_id)
      WHERE a.person_id IN (mine.one, mine.other) AND b.person_id = given.person_id
        AND a.valid_from <= handslag_today() AND (a.valid_to IS NULL OR a.valid_to > handslag_today())
        AND b.valid_from <= handslag_today() AND (b.valid_to IS NULL OR b.valid_to > handslag_today()))
    AND NOT EXISTS (
      SELECT FROM people_relation r
      WHERE ((r.person_id IN (mine.one, mine.other) AND r.other_id = given.person_id)
          OR (r.other_id IN (mine.one, mine.other) AND r.person_id = given.person_id))
        AND r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today())))
"""


class Migration(migrations.Migration):
    dependencies = [("income_support", "0017_unusual_cost"), ("people", "0016_reading_in_one_question")]

    operations = [
        migrations.AlterField(
            model_name="warning",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=24),
        ),
        run_sql(
            f"CREATE INDEX income_application_account ON income_support_application ({answered()});\n"
            f"CREATE INDEX income_payee_account ON income_support_payee ({account('clearing', 'account_number')}) "
            "WHERE kind = 'person';",
            "DROP INDEX income_application_account; DROP INDEX income_payee_account;",
        ),
        function("handslag_account_of_a_stranger(wanted uuid)", "boolean", SHARED),
    ]
