"""Payments kept as accounting apart from the file, and removed by the system alone when their time has passed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids
from handslag.foundation.policies import function, never_change, protect

# Only what is past its own last day, and only the content of files that were to be paid at the latest on `paid_by`.
REMOVE = """
DECLARE kept uuid[]; files uuid[];
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'kept payments are removed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT coalesce(array_agg(id), '{}') INTO kept FROM income_support_keptpayment WHERE kept_until < on_day;
  SELECT coalesce(array_agg(c.file_id), '{}') INTO files FROM income_support_paymentfilecontent c
    JOIN income_support_paymentfile f ON f.id = c.file_id WHERE f.pay_on <= least(paid_by, on_day);
  RETURN handslag_erase_rows('income_support_keptpayment', 'id', kept)
    + handslag_erase_rows('income_support_paymentfilecontent', 'file_id', files);
END
"""
PAYEES = [
    ("person", "The person's own account"),
    ("landlord", "Landlord"),
    ("electricity", "Electricity company"),
    ("other", "Other payee"),
]
ATTESTS = "handslag_is_system() OR unit_id = ANY(handslag_units_as('attester'))"


def account(name: str) -> tuple[str, models.ForeignKey]:
    return (
        name,
        models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("income_support", "0014_engine"),
        ("foundation", "0010_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPayment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("end_to_end_id", models.CharField(max_length=35, unique=True)),
                ("message_id", models.CharField(max_length=35)),
                ("case_number", models.CharField(max_length=20)),
                ("decided_on", models.DateField()),
                ("month", models.CharField(max_length=7)),
                ("amount_kr", models.DecimalField(decimal_places=2, max_digits=14)),
                ("pay_on", models.DateField()),
                ("state", models.CharField(max_length=10)),
                (
                    "payee_kind",
                    models.CharField(choices=PAYEES, max_length=12),
                ),
                ("payee_name", models.CharField(max_length=140)),
                ("account", models.CharField(max_length=60)),
                ("kept_until", models.DateField()),
                ("source", models.CharField(max_length=80)),
                ("status", models.CharField(max_length=12)),
                ("kept_at", models.DateTimeField()),
                account("attested_by"),
                account("released_by"),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.unit"
                    ),
                ),
            ],
            options={
                "db_table": "income_support_keptpayment",
                "indexes": [models.Index(fields=["unit", "pay_on"], name="income_kept_payment_unit")],
            },
        ),
        protect("income_support_keptpayment", read=ATTESTS, insert="handslag_is_system()", update="false"),
        never_change("income_support_keptpayment"),
        function(
            "handslag_remove_kept_payments(on_day date, paid_by date)", "int", REMOVE, volatility="VOLATILE"
        ),
    ]
