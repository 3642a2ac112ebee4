"""What municipalities have printed of concern for children, each figure with its year and source; and by which rule
the demo follows them. Pure.

The last whole calendar year of the demo stands for 2018, the last year that both print, and the year that goes on
follows it; each year before stands for one year earlier, and what lies before the first printed year is as that one.
Between two printed years a figure is drawn as a straight line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

V19 = "Vetlanda, socialnämndens långsiktiga strategi 2020–2030, november 2019"
L18 = "Linköping, socialnämndens delårsrapport, 31 augusti 2018"
LAST_YEAR = 2018
VETLANDA_INHABITANTS, LINKOPING_INHABITANTS = 27_446, 160_000  # the second is rounded general knowledge
# From halfway between the two, as proportions go (the root of their product), a town is more like Linköping.
LIKE_LINKOPING_FROM = 66_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of figures as one municipality printed it: by year, with its source and what was reckoned from it."""

    figures: Mapping[int, float]
    source: str
    note: str = ""

    def of(self, year: int) -> float:
        """The figure of a year: printed, on the line between two printed, or the nearest printed one outside them."""
        years = sorted(self.figures)
        if year <= years[0]:
            return self.figures[years[0]]
        if year >= years[-1]:
            return self.figures[years[-1]]
        before = max(one for one in years if one <= year)
        after = min(one for one in years if one > year)
        part = (year - before) / (after - before)
        return self.figures[before] + part * (self.figures[after] - self.figures[before])


REPORTS_OF_VETLANDA = Printed({2014: 590, 2018: 1122}, V19)
REPORTS_OF_LINKOPING = Printed(
    {2016: 3331, 2017: 3691, 2018: 3735}, L18, "2018: 2 490 in eight months, by twelve months"
)
INVESTIGATIONS = Printed({2014: 262, 2018: 442}, V19)
FROM_SCHOOL = Printed({2014: 92, 2018: 239}, V19)
OF_VIOLENCE = Printed({2014: 4, 2018: 25}, V19, "violence in close relations")
MEAN_DAYS = Printed(
    {2014: 149, 2018: 98},
    L18,
    "printed as January and May 2018; the demo lets the years from 2014 to 2018 bring the same fall",
)
PRELIMINARY_MEAN_DAYS = Printed({2018: 10}, L18, "about ten, some over fourteen")


@dataclass(frozen=True, slots=True)
class YearOfConcern:
    """What a calendar year of the demo holds if it is whole: reports, and of them from school, of violence and with
    an investigation; the mean days of those investigations; which printed year it stands for, and whose volume."""

    printed_year: int
    volume_of: str
    reports: int
    from_school: int
    of_violence: int
    investigations: int
    mean_days: float


def year_of_concern(*, size: int, years_ago: int) -> YearOfConcern:
    """The figures for so many inhabitants in the calendar year so many years ago (0 is the year that goes on).

    Reports by inhabitant are Linköping's from 66 000 inhabitants and Vetlanda's below. Shares of them (school,
    violence, investigated) are Vetlanda's, and the length of an investigation is Linköping's, for every size: nobody
    else printed them.
    """
    year = LAST_YEAR - max(0, years_ago - 1)
    if size >= LIKE_LINKOPING_FROM:
        volume_of, each = "Linköping", REPORTS_OF_LINKOPING.of(year) / LINKOPING_INHABITANTS
    else:
        volume_of, each = "Vetlanda", REPORTS_OF_VETLANDA.of(year) / VETLANDA_INHABITANTS
    reports, of_vetlanda = each * size, REPORTS_OF_VETLANDA.of(year)

    def share(row: Printed) -> int:
        return round(reports * row.of(year) / of_vetlanda)

    return YearOfConcern(
        printed_year=year, volume_of=volume_of, reports=round(reports), from_school=share(FROM_SCHOOL),
        of_violence=share(OF_VIOLENCE), investigations=share(INVESTIGATIONS), mean_days=MEAN_DAYS.of(year),
    )  # fmt: skip
