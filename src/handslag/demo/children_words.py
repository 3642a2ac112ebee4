"""What the demo's reports of concern say, by the ages of the children and by who reports: no baby skips school. Pure.

Ages are whole years on the day of the report. A band holds from its first age to before its last.
"""

from __future__ import annotations

from collections.abc import Sequence

OF_AGE = 18
# Whose children somebody meets in their work; the others may report a child of any age.
CHILDREN_OF = {"school": (6, OF_AGE), "preschool": (1, 6)}
# Concerns that a child of some age, or one who reports, has nothing to do with.
CONCERN_FROM = {"own_crime": 12, "school": 7}
CONCERN_TOLD_BY = {"school": frozenset({"school", "health_care", "social_services", "parent", "relative"})}
SEEN: dict[str, tuple[tuple[int, int, str], ...]] = {
    "violence": (
        (0, 1, "Barnet har blåmärken på armarna som de vuxna inte kan förklara."),
        (1, 4, "Barnet har blåmärken och blir rädd när en vuxen höjer rösten."),
        (4, 13, "Barnet berättade att en vuxen hemma slår."),
        (13, OF_AGE, "Tonåringen berättade att en vuxen hemma slår."),
    ),
    "neglect": (
        (0, 1, "Barnet gråter länge utan att någon tröstar, och verkar inte få mat när det behöver."),
        (1, 13, "Barnet är ofta hungrigt och har kläder som inte är varma nog."),
        (13, OF_AGE, "Tonåringen får klara sig själv i flera dagar, utan mat hemma."),
    ),
    "parent_addiction": (
        (0, 1, "En förälder har varit påverkad och haft barnet i famnen."),
        (1, 13, "En förälder har varit påverkad när barnet har hämtats."),
        (13, OF_AGE, "En förälder är påverkad hemma de flesta kvällar, och tonåringen tar hand om hemmet."),
    ),
    "parents_conflict": (
        (0, 4, "Föräldrarna bråkar och skriker så att barnet blir rädd."),
        (4, OF_AGE, "Föräldrarna bråkar om barnet så att det mår dåligt."),
    ),
    "own_crime": ((12, OF_AGE, "Den unge har tagits för stöld tillsammans med äldre kamrater."),),
    "school": (
        (7, 13, "Barnet har varit borta från skolan i flera veckor."),
        (13, OF_AGE, "Tonåringen har varit borta från skolan i flera veckor."),
    ),
}
# Of several children in one report, whatever their ages; what one child alone does is told of one.
SEEN_TOGETHER = {
    "violence": "Syskonen har blåmärken, och en vuxen hemma har setts slå.",
    "neglect": "Syskonen får inte den mat och de kläder som de behöver.",
    "parent_addiction": "En förälder har varit påverkad tillsammans med syskonen.",
    "parents_conflict": "Föräldrarna bråkar och skriker så att syskonen blir rädda.",
    "school": "Syskonen har varit borta från skolan i flera veckor.",
}
VISIT: tuple[tuple[int, int, str], ...] = (
    (0, 1, "Barnet sov när vi kom och tröstades när det vaknade. Hemma är det ordnat, med det ett spädbarn behöver."),
    (1, 4, "Barnet lekte på golvet och sökte sin förälder. Hemma är det ordnat, och det finns mat och rena kläder."),
    (4, 13, "Barnet visade sitt rum. Hemma är det ordnat, och det finns mat och rena kläder."),
    (13, OF_AGE + 3, "Vi talade med tonåringen för sig. Hemma är det ordnat, och det finns mat och rena kläder."),
)  # fmt: skip
# What somebody who reports is called: in work a title and where they work, otherwise what they are to the child.
TITLES: dict[str, tuple[tuple[int, int, str, str], ...]] = {
    "school": (
        (6, 16, "Lärare", "Ekebyskolan"), (6, 16, "Rektor", "Ekebyskolan"), (6, 16, "Kurator", "Ekebyskolan"),
        (16, OF_AGE, "Mentor", "Ekeby gymnasium"), (16, OF_AGE, "Kurator", "Ekeby gymnasium"),
    ),
    "preschool": (
        (1, 6, "Förskollärare", "Förskolan Ekorren"), (1, 6, "Barnskötare", "Förskolan Ekorren"),
        (1, 6, "Rektor", "Förskolan Ekorren"),
    ),
    "police": ((0, OF_AGE, "Polis i yttre tjänst", "Polisen"), (0, OF_AGE, "Utredare", "Polisen")),
    "health_care": (
        (0, 6, "Sjuksköterska", "Ekeby barnavårdscentral"), (6, OF_AGE, "Läkare", "Ekeby vårdcentral"),
        (6, OF_AGE, "Psykolog", "Barn- och ungdomspsykiatrin"),
    ),
    "social_services": (
        (0, OF_AGE, "Socialsekreterare", "Försörjningsstöd"), (0, OF_AGE, "Socialsekreterare", "Vuxenenheten"),
    ),
}  # fmt: skip
PRIVATE = {"parent": "Förälder", "relative": "Släkting", "private": "Granne"}


def may_report(reporter: str, age: int) -> bool:
    """Whether such a reporter meets a child of the age."""
    first, last = CHILDREN_OF.get(reporter, (0, OF_AGE))
    return first <= age < last


def concerns_of(reporter: str, age: int, among: Sequence[str]) -> list[str]:
    """Which of the concerns such a reporter may have for a child of the age."""
    return [
        one
        for one in among
        if age >= CONCERN_FROM.get(one, 0)
        and (one not in CONCERN_TOLD_BY or reporter in CONCERN_TOLD_BY[one])
    ]


def may_be_told_of(concern: str, reporter: str, age: int) -> bool:
    """Whether a sibling of the age may stand in the same report."""
    return (
        concern in SEEN_TOGETHER and may_report(reporter, age) and bool(concerns_of(reporter, age, [concern]))
    )


def seen(concern: str, ages: Sequence[int]) -> str:
    """What the report says was seen."""
    if len(ages) > 1:
        return SEEN_TOGETHER[concern]
    return next(text for first, last, text in SEEN[concern] if first <= ages[0] < last)


def visit(age: int) -> str:
    """What is written of a visit to the child's home."""
    return next(text for first, last, text in VISIT if first <= age < last)


def titles(reporter: str, age: int) -> list[tuple[str, str]]:
    """What such a reporter may be called, and where they work; none for one who is not known by work."""
    return [(title, where) for first, last, title, where in TITLES.get(reporter, ()) if first <= age < last]
