"""Who reported concern for a child never leaves in a copy of a case, and is never shown in the record online."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection.models import ReportedChild, Reporter
from handslag.child_protection.states import ReporterKind
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("masking")
GROUND = "OSL 26:5"


def register() -> None:
    """Register the rule with casework; a rule that fails stops the copy."""
    casework.register_masking_rule("child_protection.reporter", reporter_rule)


def reporter_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
    """Hide every passage that names a reporter of any child in the case, or their phone, e-mail or employer.

    A private person, and anybody who asked for protection, stays hidden whatever anybody says. For a professional
    under duty a case worker may show the passage with a reason. The receiver's own reports hide nothing from them.
    """
    kept: list[casework.Telltale] = []
    known: list[casework.Telltale] = []
    for reporter in _reporters(question.case_id):
        if question.receiver_id is not None and reporter.person_id == question.receiver_id:
            continue
        telltale = _telltale(reporter)
        may_lift = reporter.kind == ReporterKind.PROFESSIONAL and not reporter.wants_protection
        (known if may_lift else kept).append(telltale)
    if not any([*kept, *known]):
        return None

    def ask(passage: casework.AskedPassage) -> casework.Hidden | None:
        if any(casework.mentions(passage.text, one) for one in kept):
            return casework.Hidden(GROUND)
        if any(casework.mentions(passage.text, one) for one in known):
            return casework.Hidden(GROUND, may_lift=True)
        return None

    return ask


def _reporters(case_id: UUID) -> list[Reporter]:
    """Those of every report about a child of the case: of its file, or of its main person under any report."""
    person_id = casework.get_case(case_id, READER).person_id
    children = ReportedChild.objects.filter(Q(case_id=case_id) | Q(person_id=person_id))
    reports = set(children.values_list("report_id", flat=True))
    return list(Reporter.objects.filter(Q(report_id__in=reports) | Q(report__duplicate_of__in=reports)))


def _telltale(reporter: Reporter) -> casework.Telltale:
    """What gives one reporter away, and where they are when it is known who they are."""
    names = [reporter.name]
    found = []
    if reporter.person_id is not None:
        names.append(people.name_of(reporter.person_id, READER))
        found.append(casework.whereabouts(reporter.person_id))
    if reporter.account_id is not None and reporter.account is not None:
        names.append(reporter.account.name)
    words = (*casework.name_words(*names), *([reporter.employer] if reporter.employer.strip() else []))
    own = casework.Telltale(
        words=words,
        phones=(reporter.phone,) if reporter.phone else (),
        exact=(reporter.email,) if reporter.email else (),
    )
    return casework.together([own, *found])
