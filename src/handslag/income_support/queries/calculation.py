"""A stored assessment as lines to show: the citizen's page, the desk and the letter ask here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handslag.foundation import public as foundation
from handslag.income_support.models import Application, Assessment
from handslag.income_support.rules.answered import read_answers
from handslag.income_support.shown_calculation import ShownCalculation, show_calculation
from handslag.people import public as people

_READER = foundation.system("letters")


def shown_assessment(assessment: Assessment, reasons: Sequence[Any] = ()) -> ShownCalculation:
    """The lines of an assessment that the actor has been given, in the language in force, members by first name; with the
    `reasons` of its decision that belong to a line."""
    return show_calculation(assessment.result, names=names_of(assessment.application), reasons=reasons)


def names_of(application: Application, known: people.Person | None = None) -> dict[str, str]:
    """The members by their keys in the calculation: a1 and a2 by given name, children as the application names them.

    `known` is one of them who has been read already.
    """
    names = {}
    for key, person_id in (("a1", application.applicant_id), ("a2", application.co_applicant_id)):
        if person_id is not None:
            is_known = known is not None and known.id == person_id
            person = known if is_known and known is not None else people.get_person(person_id, _READER)
            names[key] = person.given_name
    household = read_answers(application.answers).household
    if household is not None:
        names |= {child.id: child.name.split(" ")[0] for child in household.children if child.name}
    return names
