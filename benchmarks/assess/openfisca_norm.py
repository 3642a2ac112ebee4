"""The same lines of the norm written in OpenFisca. Run by its own Python, in its own environment; never imported.

Reads a JSON file of households and figures (argument 1) and prints one JSON object: `one`, the median seconds of a
household made and computed alone; `all_objects` and `all_arrays`, the seconds for everybody from the list of
households and from columns already filled, with `cpu_` beside; `granted`, kronor for each household.
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
    sample = rows[: given["sample"]]
    alone = []
    for row in sample:
        began = time.perf_counter()
        one(made, row, month)
        alone.append(time.perf_counter() - began)
    best = {}
    for _ in range(given["rounds"]):
        began, spent = time.perf_counter(), time.process_time()
        arrays = arrays_of(rows)
        filled, spent_filled = time.perf_counter(), time.process_time()
        granted = everybody(made, arrays, len(rows), month)
        ended, spent_ended = time.perf_counter(), time.process_time()
        for key, wall, cpu in (
            ("objects", ended - began, spent_ended - spent),
            ("arrays", ended - filled, spent_ended - spent_filled),
        ):
            if wall < best.get(f"all_{key}", float("inf")):
                best |= {f"all_{key}": wall, f"cpu_{key}": cpu}
    print(
        json.dumps(
            {"one": sorted(alone)[len(alone) // 2], **best, "granted": [float(each) for each in granted]}
        )
    )


main(sys.argv[1])
