"""How the tests of assessments and decisions come to an application that is being assessed."""

from datetime import date
from types import SimpleNamespace

from handslag.foundation import public as foundation
from handslag.income_support import parameter_files
from handslag.income_support.operations import applications, registers
from handslag.income_support.operations.assessments import refresh_assessment
from handslag.income_support.operations.automation import enter_automation_rule, try_to_decide
from handslag.income_support.operations.local_rules import confirm_local_rules
from handslag.income_support.operations.rules import (
    cells_in,
    confirm_cell,
    enter_local_rules,
    shipped_content,
)
from handslag.income_support.queries.facts import facts_of
from tests.income_support.applying import apply, now, this_month, use

AUTOMATION = foundation.system("automation")


def local_rules(cast, valid_from=date(2026, 1, 1), **more):
    """Ekeby's local rules as a decision of the board, entered by Rune and confirmed by Carina."""
    entered = entered_rules(cast, valid_from, **more)
    confirm_local_rules(local_rules_id=entered.id, demo=True, by=cast.carina, at=now())
    return entered


def entered_rules(cast, valid_from=date(2026, 1, 1), **more):
    """The same, which nobody has looked at yet."""
    content = shipped_content(parameter_files.local_rule_sets("ekeby")[-1])
    given = {"name": "ekeby", "paragraph": "§ 2/2025", "decided_on": date(2025, 11, 19), "content": content, "demo": True}
    return enter_local_rules(**{**given, "valid_from": valid_from, "by": cast.rune, "at": now(), **more})


def confirm_norm(cast):
    """Every norm cell of this month confirmed."""
    for cell in cells_in(this_month().first):
        if cell.status != "confirmed" and cell.key.startswith("norm."):
            confirm_cell(
                cell=cell.key, cell_from=cell.valid_from, amount=cell.value, source="test", demo=True, by=cast.rune,
                at=now(),
            )  # fmt: skip


def rules(cast, percent=0, kinds=("new", "renewal"), **more):
    """Ekeby's local rules, 2026 confirmed, and a board's table."""
    local_rules(cast)
    confirm_norm(cast)
    return enter_automation_rule(
        **{
            "valid_from": date(2026, 1, 1), "kinds": kinds, "highest_kr": 40000, "paragraph": "§ 1/2025",
            "decided_on": date(2025, 11, 19), "sample_percent": percent, "by": cast.rune, "at": now(), **more,
        }
    )  # fmt: skip


def applied(resident, **changed):
    """An application whose registers have answered and which is being assessed."""
    use()
    application = apply(resident, **changed)
    registers.fetch_registers(application.id)
    return applications.begin_assessing(application_id=application.id, by=AUTOMATION, at=now())


def with_worker(resident, worker, **changed):
    """The same, with a case worker who has an assessment of it."""
    application = applied(resident, **changed)
    reason = foundation.said("handed.missing")
    applications.hand_to_worker(application_id=application.id, reasons=[reason], by=AUTOMATION, at=now())
    row = refresh_assessment(application_id=application.id, by=worker, at=now())
    return SimpleNamespace(application=application, row=row)


def decide(application, **facts):
    """Let automation try, with facts changed at the top level."""
    with foundation.acting(AUTOMATION):
        made = facts_of(application)
    return try_to_decide(
        application_id=application.id, facts={**made.case, **facts}, missing=made.missing, by=AUTOMATION, at=now()
    )


def reasons(application):
    """The codes of why the application was handed over."""
    with foundation.acting(foundation.system("test")):
        application.refresh_from_db()
        return [reason["code"] for reason in application.handed_because]


def events(kind):
    with foundation.acting(foundation.system("test")):
        return list(foundation.Event.objects.filter(kind=kind).order_by("id"))
