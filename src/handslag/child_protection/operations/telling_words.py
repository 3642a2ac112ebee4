"""The municipality's own words that may tell who reported, from a day on, by a rules officer."""

from collections.abc import Sequence
from datetime import date, datetime

from handslag.child_protection import report_events as events
from handslag.child_protection.models import TellingWords
from handslag.child_protection.rules.telling_words import LONGEST_WORD, MOST_WORDS, odd_words
from handslag.child_protection.telling_words import telling_group
from handslag.foundation import public as foundation


@foundation.operation
def set_telling_words(
    *, code: str, words: Sequence[str], valid_from: date, source: str, by: foundation.Actor, at: datetime
) -> TellingWords:
    """The words of a group from a day on; the version before ends there. Raises BadInput.

    What a person has looked at and shown already stays shown; every new copy and reading asks the new words.
    """
    foundation.require_role(by, foundation.Role.RULES_OFFICER)
    telling_group(code)
    kept = list(dict.fromkeys(" ".join(one.split()) for one in words if one.strip()))
    if not kept or len(kept) > MOST_WORDS:
        raise foundation.BadInput(
            "A group has at least one word, and at most {most}.", where="words", values={"most": MOST_WORDS},
            do="Write one on each line.",
        )  # fmt: skip
    odd = odd_words(kept)
    if odd:
        raise foundation.BadInput(
            "The word {word} cannot be used.", where="words", values={"word": odd[0][:LONGEST_WORD]},
            do="A word has letters, and at least three of them beside a star.",
        )  # fmt: skip
    if not source.strip():
        raise foundation.BadInput(
            "Say who decided it, and where it is written down.", where="source", do="Write it in a few words."
        )
    if valid_from < foundation.day_of(at):
        raise foundation.BadInput(
            "A rule does not change what has been already.",
            where="valid_from",
            do="Choose today or a later day.",
        )
    versions = TellingWords.objects.select_for_update().filter(code=code)
    if any(one.valid_from >= valid_from for one in versions):
        raise foundation.BadInput(
            "There is a version from this day or later.", where="valid_from", do="Choose a later day."
        )
    for before in versions:
        if before.valid_to is None:
            before.valid_to = valid_from
            before.save(update_fields=["valid_to"])
    row = TellingWords(
        code=code,
        valid_from=valid_from,
        words=kept,
        source=source.strip()[:200],
        decided_by_id=by.account_id,
        decided_at=at,
    )
    row.save(force_insert=True)
    told = events.TellingWordsSet(words_id=row.id, code=code, valid_from=valid_from, words=len(kept))
    foundation.record(told, by=by, at=at)
    return row
