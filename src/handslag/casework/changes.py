"""The dated rules of `parameters/changes.yaml`, read once, and what they say of a change of a decision (FL 36-39)."""

from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.utils.translation import gettext_noop

from handslag.casework.errors import NotCommunicated
from handslag.casework.models import Decision
from handslag.casework.rules.changes import Change, ChangeRule, change_rule, stands_against
from handslag.foundation import public as foundation

_WHY = {
    "not_said": ("ground", gettext_noop("It is not said on which ground, with what effect or how far an appeal has come."),
                 gettext_noop("Answer the questions.")),
    "appealed": ("stage", gettext_noop("The decision is appealed, and then it is not changed on this ground."),
                 gettext_noop("If it is obviously wrong it can be changed on that ground; or send the appeal on.")),
    "sent": ("stage", gettext_noop("The appeal has been sent to the court, which decides now."),
             gettext_noop("Only an obvious slip can be corrected. Write to the court if you think that the decision is wrong.")),
    "other_outcome": ("outcome", gettext_noop("A correction of a slip grants or refuses nothing else than before."),
                      gettext_noop("Choose the ground that the decision is wrong.")),
    "other_effect": ("effect", gettext_noop("What the change means for the person does not fit what is decided now."),
                     gettext_noop("Compare the earlier outcome with the new one.")),
    "never_worse": ("effect", gettext_noop("On this ground nothing is changed to the person's disadvantage."),
                    gettext_noop("Leave the decision as it is, or choose the ground that it is wrong.")),
    "no_exception": ("exception", gettext_noop("A favourable decision is changed to the person's disadvantage only on one of the exceptions."),
                     gettext_noop("Choose the exception that applies. If none does, the decision stands.")),
}  # fmt: skip


class ChangeRefused(foundation.BadInput):
    """The law does not let the decision be changed so. `code` says why."""

    def __init__(self, code: str) -> None:
        where, what, do = _WHY[code]
        super().__init__(what, where=where, do=do)
        self.code = code


class ChangedAlready(foundation.Refused):
    """A later decision stands instead of this one."""

    def __init__(self) -> None:
        super().__init__(
            "The decision has been changed by a later one already.", do="Change the later decision instead."
        )


@lru_cache(maxsize=1)
def _rules() -> tuple[ChangeRule, ...]:
    text = resources.files("handslag.casework").joinpath("parameters/changes.yaml").read_text("utf-8")
    rows = yaml.safe_load(text)["changes"]
    return tuple(ChangeRule(**row | {"exceptions": tuple(row["exceptions"])}) for row in rows)


def change_rules(on: date) -> list[ChangeRule]:
    """The grounds on which a decision may be changed on a day."""
    return [rule for rule in _rules() if rule.holds(on)]


def require_change(ground: str, change: Change, on: date) -> ChangeRule:
    """The rule that lets a decision be changed; raises ChangeRefused, or NotCommunicated where the person is heard first."""
    rule = change_rule(_rules(), ground, on)
    why = "not_said" if rule is None else stands_against(rule, change)
    if why == "not_heard":
        raise NotCommunicated
    if why or rule is None:
        raise ChangeRefused(why)
    return rule


def said_of_change(earlier: Decision, ground: str, exception: str) -> list[dict[str, Any]]:
    """What the letter says of the change, before what was wrong: which decision it is and on what ground."""
    day = foundation.day_of(earlier.decided_at).isoformat()
    told = [foundation.said(f"casework.changed.{ground}", day=day, decision=str(earlier.id))]
    return [*told, *([foundation.said(f"casework.changed.{exception}")] if exception else [])]


def decision_changed_by(reasons: list[Any]) -> str:
    """The id of the decision that one with these reasons stands instead of; empty where it changes none."""
    stored = [one for one in reasons if isinstance(one, dict)]
    said = [one for one in stored if str(one.get("code", "")).startswith("casework.changed.")]
    named = [str((one.get("values") or {}).get("decision", "")) for one in said]
    return next((decision_id for decision_id in named if decision_id), "")
