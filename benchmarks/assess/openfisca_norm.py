"""The same lines of the norm written in OpenFisca. Run by its own Python, in its own environment; never imported.

Reads a JSON file of households and figures (argument 1) and prints a line of JSON for each answer. First `one`, the
median seconds of a household made and computed alone. Then for each line "round" on standard input one round of
everybody: `texts`, `cases`, `digested` and `arrays`, from the texts of the cases that Handslag stores, from those cases already
read, from rows that already hold ages and sums, and from columns already filled, each the seconds by the wall and of the processor. The line "granted" is answered with kronor for each household.
"""

import json
import sys
import time

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = build_entity("person", "persons", "A person", is_person=True)
HOUSEHOLD = build_entity(
    "household",
    "households",
    "A household",
    roles=[{"key": "adult", "plural": "adults"}, {"key": "child", "plural": "children"}],
)
PERSON_INPUTS = {"age": int, "salary": float, "other_income": float}
HOUSEHOLD_INPUTS = {"rent": float, "electricity": float, "months_in_a_row": int}


def system(figures):
    """A tax and benefit system that knows the lines which the benchmark's households have."""
    bands = numpy.array(figures["band_starts"])
    child_norm = numpy.array(figures["child_norm"])
    common = numpy.array(figures["common"])
    highest_with_children = numpy.array(figures["rent_with_children"])
    highest_without = numpy.array(figures["rent_without_children"])

    def person_norm(person, period):
        age = person("age", period)
        of_child = child_norm[numpy.clip(numpy.searchsorted(bands, age, side="right") - 1, 0, None)]
        return numpy.where(person.has_role(HOUSEHOLD.CHILD), of_child, 0)

    def norm(household, period):
        adults = household.nb_persons(HOUSEHOLD.ADULT)
        size = household.nb_persons()
        own = numpy.where(adults == 2, figures["cohabiting"], figures["single"])
        over = numpy.maximum(size - 7, 0) * (common[6] - common[5])
        return (
            own
            + household.sum(household.members("person_norm", period))
            + common[numpy.minimum(size, 7).astype(int) - 1]
            + over
        )

    def costs(household, period):
        adults, children = household.nb_persons(HOUSEHOLD.ADULT), household.nb_persons(HOUSEHOLD.CHILD)
        with_children = highest_with_children[
            numpy.clip(children, 1, len(highest_with_children)).astype(int) - 1
        ]
        highest = numpy.where(children > 0, with_children, highest_without[adults.astype(int) - 1])
        return numpy.minimum(household("rent", period), highest) + household("electricity", period)

    def incomes(household, period):
        salary = household.members("salary", period)
        stimulus = household("months_in_a_row", period) >= figures["stimulus_months"]
        left_out = numpy.where(stimulus, household.sum(numpy.round(salary * figures["stimulus_share"], 2)), 0)
        return household.sum(salary) + household.sum(household.members("other_income", period)) - left_out

    def granted(household, period):
        gap = household("norm", period) + household("costs", period) - household("incomes", period)
        return numpy.maximum(gap, 0)

    def variable(name, entity, value_type, formula=None):
        content = {"value_type": value_type, "entity": entity, "definition_period": MONTH, "label": name}
        return type(name, (Variable,), {**content, **({"formula": formula} if formula else {})})

    made = TaxBenefitSystem([PERSON, HOUSEHOLD])
    for name, kind in PERSON_INPUTS.items():
        made.add_variable(variable(name, PERSON, kind))
    for name, kind in HOUSEHOLD_INPUTS.items():
        made.add_variable(variable(name, HOUSEHOLD, kind))
    made.add_variable(variable("person_norm", PERSON, float, person_norm))
    for formula in (norm, costs, incomes, granted):
        made.add_variable(variable(formula.__name__, HOUSEHOLD, float, formula))
    return made


def one(made, row, month):
    """One household, as a request would: entities from a dictionary, one figure asked for."""
    persons = {each["id"]: {name: {month: each[name]} for name in PERSON_INPUTS} for each in row["persons"]}
    home = {name: {month: row[name]} for name in HOUSEHOLD_INPUTS}
    home["adults"] = [each["id"] for each in row["persons"] if each["role"] == "adult"]
    home["children"] = [each["id"] for each in row["persons"] if each["role"] == "child"]
    simulation = SimulationBuilder().build_from_entities(
        made, {"persons": persons, "households": {"h": home}}
    )
    return float(simulation.calculate("granted", month)[0])


def arrays_of(rows):
    """The columns that OpenFisca wants, out of the list of households."""
    persons = [each for row in rows for each in row["persons"]]
    return {
        "home": numpy.repeat(numpy.arange(len(rows)), [len(row["persons"]) for row in rows]),
        "role": numpy.array([each["role"] for each in persons]),
        **{name: numpy.array([each[name] for each in persons]) for name in PERSON_INPUTS},
        **{name: numpy.array([row[name] for row in rows]) for name in HOUSEHOLD_INPUTS},
    }


def arrays_of_cases(cases, month):
    """The same columns out of the cases that Handslag stores: ages from days of birth, sums by kind."""
    homes = [case["household"] for case in cases]
    members = [home["adults"] + home["children"] for home in homes]
    counts = numpy.array([len(each) for each in members])
    adults = numpy.array([len(home["adults"]) for home in homes])
    first = numpy.cumsum(counts) - counts
    place = numpy.arange(counts.sum()) - numpy.repeat(first, counts)
    born = numpy.array([person["born"] for each in members for person in each], dtype="M8[D]").astype("M8[M]")
    months = (numpy.datetime64(month, "M") - born).astype(int)
    incomes, costs = [case["incomes"] for case in cases], [case["costs"] for case in cases]
    is_salary, earned = column_of(incomes, "salary")
    is_rent, paid = column_of(costs, "rent")
    by_income = numpy.repeat(first, [len(each) for each in incomes])  # all of it is the first adult's
    by_cost = numpy.repeat(numpy.arange(len(cases)), [len(each) for each in costs])
    persons = len(place)
    return {
        "home": numpy.repeat(numpy.arange(len(cases)), counts),
        "role": numpy.where(place < numpy.repeat(adults, counts), "adult", "child"),
        "age": numpy.maximum(months // 12, 0),
        "salary": numpy.bincount(by_income, earned * is_salary, persons),
        "other_income": numpy.bincount(by_income, earned * ~is_salary, persons),
        "rent": numpy.bincount(by_cost, paid * is_rent, len(cases)),
        "electricity": numpy.bincount(by_cost, paid * ~is_rent, len(cases)),
        "months_in_a_row": numpy.array([case["history"]["months_with_aid_in_a_row"] for case in cases]),
    }


def column_of(lists, kind):
    """Which rows are of the kind, and all amounts."""
    rows = [row for each in lists for row in each]
    return numpy.array([row["kind"] == kind for row in rows]), numpy.array([row["amount"] for row in rows])


def everybody(made, arrays, count, month):
    """All households in one vectorised simulation."""
    builder = SimulationBuilder()
    builder.create_entities(made)
    builder.declare_person_entity("person", numpy.arange(len(arrays["home"])))
    homes = builder.declare_entity("household", numpy.arange(count))
    builder.join_with_persons(homes, arrays["home"], arrays["role"])
    simulation = builder.build(made)
    for name in (*PERSON_INPUTS, *HOUSEHOLD_INPUTS):
        simulation.set_input(name, month, arrays[name])
    return simulation.calculate("granted", month)


def main(path):
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    rows, month = given["households"], given["month"]
    made = system(given["figures"])
    one(made, rows[0], month)
    alone = []
    for row in rows[: given["sample"]]:
        began = time.perf_counter()
        one(made, row, month)
        alone.append(time.perf_counter() - began)
    tell({"one": sorted(alone)[len(alone) // 2]})
    granted, texts = [], [json.dumps(case) for case in given["cases"]]
    for asked in sys.stdin:
        if asked.strip() == "granted":
            tell([float(each) for each in granted])
            continue
        began, spent = time.perf_counter(), time.process_time()
        arrays = arrays_of(rows)
        filled, spent_filled = time.perf_counter(), time.process_time()
        granted = everybody(made, arrays, len(rows), month)
        ended, spent_ended = time.perf_counter(), time.process_time()
        same = everybody(made, arrays_of_cases(given["cases"], month), len(rows), month)
        cases, spent_cases = time.perf_counter(), time.process_time()
        read = json.loads(f"[{','.join(texts)}]")
        again = everybody(made, arrays_of_cases(read, month), len(rows), month)
        texts_ended, spent_texts = time.perf_counter(), time.process_time()
        assert (same == granted).all() and (again == granted).all()
        tell(
            {
                "texts": [texts_ended - cases, spent_texts - spent_cases],
                "cases": [cases - ended, spent_cases - spent_ended],
                "digested": [ended - began, spent_ended - spent],
                "arrays": [ended - filled, spent_ended - spent_filled],
            }
        )


def tell(answer):
    print(json.dumps(answer), flush=True)


main(sys.argv[1])
