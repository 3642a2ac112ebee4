"""Casework's own masking rules: people with protected identity around the case, others' identity numbers, and what a
child has asked to keep from a guardian."""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import Q

from handslag.casework.masking import AskedPassage, AskPassage, Hidden, MaskingQuestion, register_masking_rule
from handslag.casework.models import Case, CaseParty, ChildWish
from handslag.casework.queries.merged import all_records_of
from handslag.casework.rules.masking import Telltale, fold, mentions, name_words, together
from handslag.casework.states import WishState
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("masking")
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+ ]?(?:\d{4}|[A-Za-z]\d{3})(?!\d)"
)


def register() -> None:
    """Register the rules with the registry."""
    register_masking_rule("casework.protected_persons", protected_persons)
    register_masking_rule("casework.identity_numbers", identity_numbers)
    register_masking_rule("casework.child_wishes", child_wishes)


def protected_persons(question: MaskingQuestion) -> AskPassage | None:
    """Where somebody with protected identity is must never leave; their names stay hidden unless lifted with a reason.

    Asked about are the case's parties, past ones too, and those related to or living with its main person. One whose
    marks are not known counts as protected. What concerns the receiver alone is theirs to read.
    """
    places, names = [], []
    for person_id in _around(question.case_id) - {question.receiver_id}:
        person = people.get_person(person_id, READER)
        if str(person.protection) == "none":
            continue
        places.append(whereabouts(person_id))
        names.append(Telltale(words=name_words(person.given_name, person.family_name)))
    where, who = together(places), together(names)
    if not where and not who:
        return None

    def ask(passage: AskedPassage) -> Hidden | None:
        if mentions(passage.text, where):
            return Hidden("OSL 22:1")
        return Hidden("OSL 22:1", may_lift=True) if mentions(passage.text, who) else None

    return ask


def whereabouts(person_id: UUID) -> Telltale:
    """What shows where a person is and how to reach them: street, phone, e-mail, identity numbers."""
    words: list[str] = []
    for kind in ("registered", "temporary", "postal"):
        address = people.address_of(person_id, READER, kind=kind)
        if address is not None:
            words += [address.street, re.sub(r"\s*\d.*$", "", address.street), address.care_of]
    ways = people.contact_ways_of(person_id, READER)
    numbers = [row.number for row in people.identity_numbers_of(person_id, READER)]
    return Telltale(
        words=tuple(word for word in words if word.strip()),
        phones=tuple(value for kind, value in ways.items() if kind == "phone"),
        exact=(
            *(value for kind, value in ways.items() if kind == "email"),
            *numbers,
            *(one[2:] for one in numbers),
        ),
    )


def identity_numbers(question: MaskingQuestion) -> AskPassage | None:
    """An identity number of somebody else than the receiver stays hidden unless lifted with a reason."""
    own: set[str] = set()
    if question.receiver_id is not None:
        own = {row.number[-10:].upper() for row in people.identity_numbers_of(question.receiver_id, READER)}

    def ask(passage: AskedPassage) -> Hidden | None:
        found = {re.sub(r"[-+ ]", "", one).upper()[-10:] for one in _NUMBER.findall(passage.text)}
        return Hidden("OSL 26:1", may_lift=True) if found - own else None

    return ask


def child_wishes(question: MaskingQuestion) -> AskPassage | None:
    """What a child has asked to keep from a guardian is left out for that guardian, until two persons have opened it.

    Lines of a note wherever they are told again, a whole note, or with the whole record every note and paper. A manager may
    show it all the same with a reason. To somebody who need not say who they are, lines and notes are left out unless
    whoever masks shows them.
    """
    child = Case.objects.values_list("person_id", flat=True).get(id=question.case_id)
    if question.receiver_id is not None and child in (
        question.receiver_id,
        *all_records_of(question.receiver_id),
    ):
        return None
    wishes = ChildWish.objects.filter(person_id=child).exclude(state=WishState.OPENED)
    toward = Q(toward_id__isnull=True)
    if question.receiver_id is None:
        held = list(wishes.filter(note__isnull=False))
        ground = Hidden("OSL 12:3", may_lift=True)
    else:
        held = list(wishes.filter(toward | Q(toward_id__in=all_records_of(question.receiver_id))))
        ground = Hidden("OSL 12:3", manager_may_lift=True)
    if not held:
        return None
    whole = any(one.note_id is None for one in held)
    notes = {one.note_id for one in held if one.note_id is not None and not one.passage}
    lines = [fold(line) for one in held for line in one.passage.splitlines() if line.strip()]

    def ask(passage: AskedPassage) -> Hidden | None:
        if whole and passage.source_kind in ("note", "document"):
            return ground
        if passage.source_kind == "note" and passage.source_id in notes:
            return ground
        text = fold(passage.text)
        return ground if any(line in text for line in lines) else None

    return ask


def _around(case_id: UUID) -> set[UUID]:
    main = Case.objects.values_list("person_id", flat=True).get(id=case_id)
    parties = set(CaseParty.objects.filter(Q(case_id=case_id)).values_list("person_id", flat=True))
    related = {one for row in people.relations_of(main, READER) for one in (row.person_id, row.other_id)}
    home = people.household_of(main, foundation.today(), READER)
    lives_with = {member.person_id for member in home.members} if home else set()
    return {main} | parties | related | lives_with
