"""What may tell who reported though it names nobody ("grannen ringde igen") stays hidden until a person has looked.

The rule proposes; whoever masks a copy, or opens a note for one reader online, decides and says why.
"""

from __future__ import annotations

from handslag.casework import public as casework
from handslag.child_protection.models import Reporter
from handslag.child_protection.reporter_masking import GROUND, READER, around_of, reporters_of
from handslag.child_protection.rules.telling_words import HiddenReporters, may_tell
from handslag.child_protection.states import ReporterKind
from handslag.child_protection.telling_words import telling_groups

RULE = "child_protection.reporter_may_tell"
KIND = "child_protection"
# Notes that the reception writes from a report hold what was typed there, by whatever words.
FROM_A_REPORT = tuple(
    f"child_protection.note.{code}"
    for code in ("protection_danger", "protection_no_danger", "open", "not_open", "already_open")
)


def register() -> None:
    """Register the rule with casework; a rule that fails stops the copy."""
    casework.register_masking_rule(RULE, may_tell_rule)


def may_tell_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
    """Hide, until a person decides otherwise, what may tell who reported a child in the case or in its family.

    Asked by the kinds and professions of those who reported (`telling_words`); in the child's own file also every
    passage of a note that the reception wrote from the report. The receiver's own reports hide nothing from them.
    """
    around = around_of(question.case_id)
    hidden = [
        one
        for one in reporters_of(question.case_id, around.persons)
        if question.receiver_id is None or one.person_id != question.receiver_id
    ]
    if not hidden:
        return None
    groups = [one.group for one in telling_groups()]
    reporters = HiddenReporters(
        of=frozenset(map(_kind, hidden)),
        protected=frozenset(_kind(one) for one in hidden if one.wants_protection),
    )
    of_child = casework.get_case(question.case_id, READER).kind == KIND
    written = _from_a_report(question) if of_child else frozenset()
    ground = casework.Hidden(GROUND, may_lift=True)

    def ask(passage: casework.AskedPassage) -> casework.Hidden | None:
        if passage.source_kind == "note" and passage.source_id in written:
            return ground
        told = may_tell(passage.text, groups, reporters, of_child=of_child, is_joined=passage.is_joined)
        return ground if told else None

    return ask


def _from_a_report(question: casework.MaskingQuestion) -> frozenset[object]:
    rows = casework.Note.objects.filter(case_id=question.case_id, said__code__in=FROM_A_REPORT)
    return frozenset(rows.values_list("id", flat=True))


def _kind(reporter: Reporter) -> str:
    """The profession of one who reported in their work, else whether they said who they are."""
    is_professional = reporter.kind == ReporterKind.PROFESSIONAL
    return (reporter.profession or "other") if is_professional else reporter.kind
