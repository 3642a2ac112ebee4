"""Who reported concern for a child never leaves in a copy of a case, and is never shown in the record online."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.child_protection.models import ReportedChild, Reporter, ReporterOfFile
from handslag.child_protection.rules.common_words import COMMON, plain
from handslag.child_protection.states import ReporterKind
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("masking")
GROUND = "OSL 26:5"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Around:
    """Those whose reports tell of the case's family; `child` and `family` are the plain words of their names."""

    persons: frozenset[UUID]
    child: frozenset[str]
    family: tuple[frozenset[str], ...]


def register() -> None:
    """Register the rule with casework; a rule that fails stops the copy."""
    casework.register_masking_rule("child_protection.reporter", reporter_rule)


def reporter_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
    """Hide every passage that names a reporter of a child in the case or in its family, or their phone, e-mail or employer.

    A private person who has logged in, and one who asked for protection, stays hidden whatever anybody says; of one
    who only wrote a name, a manager may show the passage, with a ground. For a professional under duty a case worker
    may, with a reason. The receiver's own reports hide nothing from them.
    """
    around = around_of(question.case_id)
    kept: list[casework.Telltale] = []
    written: list[casework.Telltale] = []
    known: list[casework.Telltale] = []
    for reporter in reporters_of(question.case_id, around.persons):
        if question.receiver_id is not None and reporter.person_id == question.receiver_id:
            continue
        telltale = _telltale(reporter, around)
        if reporter.kind == ReporterKind.PROFESSIONAL and not reporter.wants_protection:
            known.append(telltale)
        else:
            (kept if _is_somebody(reporter) else written).append(telltale)
    if not any([*kept, *written, *known]):
        return None

    def ask(passage: casework.AskedPassage) -> casework.Hidden | None:
        if any(casework.mentions(passage.text, one) for one in kept):
            return casework.Hidden(GROUND)
        if any(casework.mentions(passage.text, one) for one in written):
            return casework.Hidden(GROUND, manager_may_lift=True)
        if any(casework.mentions(passage.text, one) for one in known):
            return casework.Hidden(GROUND, may_lift=True)
        return None

    return ask


def reporters_of(case_id: UUID, persons: frozenset[UUID]) -> list[Reporter]:
    """Those of every report that tells of the persons, stands in the case or in a file of theirs, or once stood there."""
    children = ReportedChild.objects.filter(Q(case_id=case_id) | Q(person_id__in=persons))
    reports = set(children.values_list("report_id", flat=True))
    stood = ReporterOfFile.objects.filter(Q(case_id=case_id) | Q(case__person_id__in=persons))
    told = Q(report_id__in=reports) | Q(report__duplicate_of__in=reports)
    return list(Reporter.objects.filter(told | Q(id__in=stood.values("reporter_id"))).order_by("id"))


def around_of(case_id: UUID) -> Around:
    """The case's main person and parties, past ones too, the children whom they guard or are parents of, and siblings."""
    main = casework.get_case(case_id, READER).person_id
    parties = casework.CaseParty.objects.filter(case_id=case_id).values_list("person_id", flat=True)
    within = {main, *parties}
    parents = set(_above().filter(other_id=main).values_list("person_id", flat=True))
    children = set(_above().filter(person_id__in=within | parents).values_list("other_id", flat=True))
    siblings = {
        one
        for pair in people.Relation.objects.filter(Q(person_id=main) | Q(other_id=main), kind="sibling")
        for one in (pair.person_id, pair.other_id)
    }
    persons = within | children | siblings
    words = {one: _words(name) for one, name in people.names_of(persons | parents, READER).items()}
    return Around(frozenset(persons), words[main], tuple(words[one] for one in words if one != main))


def _above() -> QuerySet[people.Relation]:
    return people.Relation.objects.filter(kind__in=("guardian", "parent"))


def _is_somebody(reporter: Reporter) -> bool:
    """Whether it is known who reported; else anybody may have written any words for a name."""
    return reporter.person_id is not None or reporter.account_id is not None


def _telltale(reporter: Reporter, around: Around) -> casework.Telltale:
    """What gives one reporter away, and where they are when it is known who they are."""
    names, found = [], []
    if reporter.person_id is not None:
        names.append(people.name_of(reporter.person_id, READER))
        found.append(casework.whereabouts(reporter.person_id))
    if reporter.account_id is not None and reporter.account is not None:
        names.append(reporter.account.name)
    told = reporter.name if names else ""
    words = [*casework.name_words(*names, told), *([] if names else _telling(reporter.name, around))]
    is_address = _EMAIL.fullmatch(reporter.email.strip()) is not None
    for line in (reporter.employer, "" if is_address else reporter.email):
        if _words(line) - COMMON - around.child - frozenset().union(*around.family):
            words.append(line)
    own = casework.Telltale(
        words=tuple(words),
        phones=(reporter.phone,) if reporter.phone else (),
        exact=(reporter.email,) if is_address else (),
    )
    return casework.together([own, *found])


def _telling(name: str, around: Around) -> list[str]:
    """The words of a name that somebody wrote for themselves which may tell who it is, and the name as a whole.

    Common words and the child's own name tell nothing. Neither do the names of the family, but where the whole name is
    one of theirs: then it may be that person who reported.
    """
    written = _words(name)
    tells_nothing = COMMON | around.child
    if not written - tells_nothing:
        return []
    if not any(written - COMMON <= one for one in around.family):
        tells_nothing = tells_nothing.union(*around.family)
    return [name, *(one for one in casework.name_words(name) if plain(one) not in tells_nothing)]


def _words(name: str) -> frozenset[str]:
    return frozenset(plain(one) for one in casework.name_words(name))
