"""Where the product's own figures come from, in the reader's language. Names of acts and publications stay as they are.

A source is stored as it was written, since what an old decision rested on is never written over; here it is told.
"""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# As `rules_of` writes the source of local rules, and of what is confirmed or decided for a demonstration.
BOARD = re.compile(r"(?P<name>.+), board decision (?P<paragraph>.+), (?P<day>\d{4}-\d{2}-\d{2})")
DEMO = " (demo)"
SECOND_HAND = ", second-hand"

SOURCE_OF_THE_BOARD = _("{name}, board decision {paragraph}, {day}")
DEMO_SOURCE = _("{source} (demo)")
SOURCE_SECOND_HAND = _("{source}, second-hand")

SOURCES: dict[str, Promise] = {
    "case worker": _("The case worker's own amount"),
    "practice": _("practice"),
    "default of Handslag": _("Handslag's own default"),
    "general knowledge; no published text read": _("general knowledge; no published text has been read"),
    "uncertain: part for extra costs": _("uncertain: a part is for extra costs"),
    "loan part: local assessment": _("the loan: judged by the municipality"),
    "Vetlanda, board minutes 2021": _("Vetlanda, minutes of the board 2021"),
    "Typfallsmodellen 2020 (rule +1.9 %)": _("Typfallsmodellen 2020 (the rule: 1.9 % more)"),
    "Bekräftat för demokommunen, inte mot en publicerad text": _(
        "Confirmed for the demo municipality, not against a published text"
    ),
    "derived: 2025 + 0.7 %, rounded up to ten; check against the amendment of SoF 2025:468": _(
        "Derived: the amount of 2025 with 0.7 % more, rounded up to ten; not held against the amendment of SoF 2025:468"
    ),
    "derived: chain 2022-2025": _("Derived: from the amounts of 2022 to 2025 in a chain"),
    "derived: the only values that lead to 2023-2025": _("Derived: the only amounts that lead to those of 2023 to 2025"),
    "derived: 2019 + 1.9 %, nearest ten": _("Derived: the amount of 2019 with 1.9 % more, to the nearest ten"),
    "derived: 2017 + 1.6 % + 200 kr": _("Derived: the amount of 2017 with 1.6 % and 200 kr more"),
    "derived: official 2015 + 100 kr": _("Derived: the published amount of 2015 with 100 kr more"),
    "regeringen.se 2017-11: +1.6 % and +200 kr per child, from the table of 2017": _(
        "regeringen.se 2017-11: 1.6 % and 200 kr a child more than in the table of 2017"
    ),
    "Socialstyrelsen, riksnormen 2015 with the increments stated for 2016": _(
        "Socialstyrelsen, the national norm of 2015 with the increases stated for 2016"
    ),
    "Socialstyrelsen, oförändrade belopp i riksnormen för 2014": _(
        "Socialstyrelsen, unchanged amounts in the national norm for 2014"
    ),
}
# The same words about another year, act or day.
PATTERNS: tuple[tuple[re.Pattern[str], Promise], ...] = (
    (re.compile(r"regeringen\.se, prisbasbelopp för (?P<year>\d{4})"), _("regeringen.se, price base amount for {year}")),
    (
        re.compile(r"regeringen\.se (?P<month>[\d-]+), riksnorm för (?P<year>\d{4})"),
        _("regeringen.se {month}, national norm for {year}"),
    ),
    (
        re.compile(r"Socialstyrelsen, riksnormen (?P<year>\d{4})(?P<day>(?: \([\d-]+\))?)"),
        _("Socialstyrelsen, the national norm of {year}{day}"),
    ),
    (
        re.compile(r"published for (?P<year>\d{4}); the ordinance has not been read"),
        _("published for {year}; the ordinance has not been read"),
    ),
    (
        re.compile(r"(?P<act>.+) as of (?P<day>[\d-]+); amendments of (?P<year>\d{4}) have not been read"),
        _("{act} as it stood {day}; amendments of {year} have not been read"),
    ),
    (
        re.compile(r"(?P<act>.+) as of (?P<day>[\d-]+); the first day has not been read"),
        _("{act} as it stood {day}; the first day has not been read"),
    ),
    (re.compile(r"(?P<act>.+); counting: practice"), _("{act}; that it is counted: practice")),
    (
        re.compile(r"(?P<name>.+), Board of Social Services (?P<paragraph>§ .+)"),
        _("{name}, Board of Social Services {paragraph}"),
    ),
    (re.compile(r"(?P<act>.+) chapter (?P<one>\d+); (?P<other>.+) chapter (?P<two>\d+)"), _("{act} chapter {one}; {other} chapter {two}")),
    (re.compile(r"(?P<act>.+) chapter (?P<one>\d+)"), _("{act} chapter {one}")),
)  # fmt: skip


def source_in_words(source: str) -> str:
    """A stored source in the reader's language where the words are the product's own; else as it was typed."""
    for ending, words in ((DEMO, DEMO_SOURCE), (SECOND_HAND, SOURCE_SECOND_HAND)):
        if source.endswith(ending):
            return str(words).format(source=source_in_words(source.removesuffix(ending)))
    if source in SOURCES:
        return str(SOURCES[source])
    board = BOARD.fullmatch(source)
    if board is not None:
        return str(SOURCE_OF_THE_BOARD).format(**board.groupdict())
    for pattern, general in PATTERNS:
        if (found := pattern.fullmatch(source)) is not None:
            return str(general).format(**found.groupdict())
    return source
