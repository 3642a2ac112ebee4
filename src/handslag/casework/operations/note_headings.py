"""The municipality's own note templates, from a day on, by a rules officer. Nothing that is written is touched."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.text import slugify

from handslag.casework import events_record
from handslag.casework.kinds import case_kinds
from handslag.casework.models import NoteHeadings
from handslag.casework.note_templates import shipped_template
from handslag.casework.states import NoteKind
from handslag.foundation import public as foundation

MOST_HEADINGS = 20
LONGEST_HEADING = 120


@foundation.operation
def set_note_headings(
    *, code: str = "", valid_from: date, kind: str, in_kinds: Sequence[str] = (), label_sv: str, label_en: str = "",
    headings_sv: Sequence[str], headings_en: Sequence[str] = (), source: str, by: foundation.Actor, at: datetime,
) -> NoteHeadings:  # fmt: skip
    """A new version of the template with a code, or a new template (no code), from a day on; the version before ends
    there. Without headings in English the Swedish ones are offered. Raises BadInput."""
    foundation.require_role(by, foundation.Role.RULES_OFFICER)
    if not label_sv.strip():
        raise foundation.BadInput("Say what the template is called.", where="label_sv")
    swedish = _headings(headings_sv, "headings_sv")
    if not swedish:
        raise foundation.BadInput(
            "A template has at least one heading.", where="headings_sv", do="Write one heading on each line."
        )
    english = _headings(headings_en, "headings_en")
    if english and len(english) != len(swedish):
        raise foundation.BadInput(
            "There are as many headings in English as in Swedish.",
            where="headings_en",
            do="Write them in the same order, or leave them all empty.",
        )
    if kind not in NoteKind.values:
        raise foundation.BadInput(
            "There is no such kind of note.", where="kind", do="Choose one of the kinds."
        )
    known = {one.code for one in case_kinds()}
    if not set(in_kinds) <= known:
        raise foundation.BadInput("There is no such kind of case.", where="in_kinds")
    row = NoteHeadings(
        code=code or _free_code(label_sv), valid_from=valid_from, kind=kind, case_kinds=sorted(set(in_kinds)),
        label_sv=label_sv.strip()[:80], label_en=label_en.strip()[:80] or label_sv.strip()[:80],
        headings_sv=swedish, headings_en=english or swedish,
    )  # fmt: skip
    return _put(row, source, by, at)


@foundation.operation
def end_note_headings(
    *, code: str, valid_from: date, source: str, by: foundation.Actor, at: datetime
) -> NoteHeadings:
    """Offer the template with a code no more from a day on, also one that the product came with."""
    foundation.require_role(by, foundation.Role.RULES_OFFICER)
    last = NoteHeadings.objects.filter(code=code).order_by("-valid_from").first()
    if last is not None:
        kind, kinds, labels = last.kind, last.case_kinds, (last.label_sv, last.label_en)
    else:
        shipped = shipped_template(code)
        if shipped is None:
            raise foundation.BadInput("There is no such template.", where="code", do="Choose one of them.")
        kind, kinds = shipped.kind, list(shipped.case_kinds)
        labels = (shipped.label_in["sv"], shipped.label_in["en"])
    row = NoteHeadings(
        code=code, valid_from=valid_from, kind=kind, case_kinds=kinds, label_sv=labels[0], label_en=labels[1]
    )
    return _put(row, source, by, at)


def _put(row: NoteHeadings, source: str, by: foundation.Actor, at: datetime) -> NoteHeadings:
    if row.valid_from < foundation.day_of(at):
        raise foundation.BadInput(
            "A template does not change what has been written already.",
            where="valid_from",
            do="Choose today or a later day.",
        )
    if not source.strip():
        raise foundation.BadInput(
            "Say who decided it, and where it is written down.", where="source", do="Write it in a few words."
        )
    versions = NoteHeadings.objects.select_for_update().filter(code=row.code)
    if any(one.valid_from >= row.valid_from for one in versions):
        raise foundation.BadInput(
            "There is a version from this day or later.", where="valid_from", do="Choose a later day."
        )
    for before in versions:
        if before.valid_to is None:
            before.valid_to = row.valid_from
            before.save(update_fields=["valid_to"])
    row.source, row.decided_by_id, row.decided_at = source.strip()[:200], by.account_id, at
    row.save(force_insert=True)
    told = events_record.NoteHeadingsSet(
        headings_id=row.id, code=row.code, valid_from=row.valid_from, ended=not row.headings_sv
    )
    foundation.record(told, by=by, at=at)
    return row


def _headings(lines: Sequence[str], where: str) -> list[str]:
    found = [line.strip().rstrip(":").strip()[:LONGEST_HEADING] for line in lines if line.strip()]
    if len(found) > MOST_HEADINGS:
        raise foundation.BadInput(
            "A template has at most {most} headings.", where=where, values={"most": MOST_HEADINGS}
        )
    return found


def _free_code(label: str) -> str:
    """A code of the name that no template has."""
    begin = slugify(label.replace("å", "a").replace("ä", "a").replace("ö", "o"))[:30].strip("-") or "mall"
    taken = set(NoteHeadings.objects.filter(code__startswith=begin).values_list("code", flat=True))
    number, code = 1, begin
    while code in taken or shipped_template(code) is not None:
        number += 1
        code = f"{begin}-{number}"
    return code
