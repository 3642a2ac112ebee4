"""Households of every kind that a case can hold, drawn from a seed: what columns cover and what they do not."""

from random import Random

from handslag.income_support.rules.facts import COST_KINDS, INCOME_KINDS, REGISTERS, SPECIAL_KINDS

STRANGE = 0.04  # of the households have something that columns leave to `assess_month`
SHARES = (0.5, 0.25, 0.3333, 0.1, 0.9667, 0.123456)


def cases(count, month, seed):
    """So many cases of the month, each accepted by `read_facts`; a few cannot be assessed."""
    draw = Random(f"{seed}/{month}")
    return [_case(draw, month) for _ in range(count)]


def _case(draw, month):
    year = int(month[:4])
    strange = draw.random() < STRANGE
    adults = [
        {"id": f"a{n}", "born": _day(draw, year - 70, year - (17 if strange else 19))}
        for n in range(1 + (draw.random() < 0.4))
    ]
    children = [_child(draw, month, n, strange) for n in range(draw.choice((0, 0, 0, 1, 1, 2, 3, 4, 8, 12)))]
    own = len(adults) + len(children)
    made = {
        "month": month,
        "household": {
            "adults": adults,
            "cohabiting": len(adults) == 2,
            "children": children,
            "lodger_in_household_of": min(40, own + draw.randint(1, 6)) if draw.random() < 0.2 else None,
        },
        "costs": [_cost(draw) for _ in range(draw.randint(0, 4))],
        "special": [
            {"kind": draw.choice(SPECIAL_KINDS), "amount": _amount(draw, 20_000)}
            for _ in range(draw.choice((0, 0, 1, 3)))
        ],
        "incomes": [_income(draw, adults, children, strange) for _ in range(draw.choice((0, 1, 2, 3, 5)))],
        "history": _history(draw, month),
    }
    if draw.random() < 0.9:
        states = {name: "missing" if draw.random() < 0.01 else "ok" for name in REGISTERS}
        made["registers"] = states if draw.random() < 0.8 else {}
    for key in ("costs", "special", "incomes", "history"):
        if not made[key] and draw.random() < 0.5:
            del made[key]
    return made


def _child(draw, month, number, strange):
    year, part = int(month[:4]), int(month[5:])
    oldest = 21 if strange else 17
    child = {"id": f"c{number}", "born": _day(draw, year - oldest, year - 1)}
    if draw.random() < 0.1:  # in this very month, or on the border of a band
        child["born"] = f"{year - draw.choice((0, 1, 3, 4, 7, 11, 15))}-{part:02d}-{draw.randint(1, 28):02d}"
    if draw.random() < 0.6:
        child["lunch"] = draw.choice(("home", "away"))
    if draw.random() < 0.2:
        child["share"] = draw.choice(SHARES)
    if draw.random() < 0.3 or strange:
        child["pupil"] = draw.choice((True, True, None) if not strange else (True, False, None))
    return child


def _cost(draw):
    kind = draw.choice(COST_KINDS if draw.random() < 0.5 else ("rent",))
    cost = {"kind": kind, "amount": _amount(draw, 16_000)}
    if kind == "rent" and draw.random() < 0.8:
        cost["rooms"] = draw.choice((1, 1, 2, 3, 4, 5, 7, 30))
    return cost


def _income(draw, adults, children, strange):
    kinds = [kind for kind in INCOME_KINDS if kind != "child_work" or (children and strange)]
    kind = draw.choice(kinds if draw.random() < 0.6 else ["salary"])
    if kind == "child_work":
        row = {"kind": kind, "of": draw.choice(children)["id"], "amount": _amount(draw, 30_000)}
        if draw.random() < 0.5:
            row["earned_earlier_this_year"] = _amount(draw, 90_000)
        return row
    of = draw.choice(adults)["id"]
    return {"kind": kind, "of": of, "amount": _amount(draw, 25_000)}


def _history(draw, month):
    since = None
    if draw.random() < 0.3:
        back = int(month[:4]) * 12 + int(month[5:]) - 1 - draw.randint(0, 34)
        since = f"{back // 12}-{back % 12 + 1:02d}"
    row = draw.choice((None, 0, 3, 5, 6, 7, 20)) if draw.random() < 0.9 else None
    return {"months_with_aid_in_a_row": row, "job_stimulus_since": since}


def _amount(draw, highest):
    """Whole kronor, öre (as JSON writes them), an öre on the border of a rounding, or nothing."""
    which = draw.random()
    if which < 0.4:
        return draw.randint(0, highest)
    if which < 0.45:
        return 0
    ore = draw.randint(0, highest * 100)
    if which < 0.7:
        ore = ore // 4 * 4 + 2  # a quarter of it ends in half an öre
    return ore // 100 if ore % 100 == 0 else ore / 100


def _day(draw, first, last):
    return f"{draw.randint(first, last)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
