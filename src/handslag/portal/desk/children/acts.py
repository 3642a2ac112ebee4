"""The acts of an investigation: each with its address, its form, its words and the operation that it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.portal.desk.children import forms as own

Do = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that an investigator does on a page of its own. `do` gets the form's answers, `by` and `at`."""

    form: type[forms.Form]
    title: "str | Promise"
    button: "str | Promise"
    done: "str | Promise"
    do: Do
    lead: "str | Promise" = ""
    places: Mapping[str, str] = field(default_factory=dict)


ACTS: dict[str, Act] = {
    "informera": Act(
        own.InformForm, _("Tell those concerned"), _("Save"), _("It is recorded."), children.inform_concerned,
        _("Those concerned are told at once that an investigation is open, unless special reasons speak against it (SoL 20:4)."),
    ),
    "vag": Act(
        own.PathForm, _("Change the path"), _("Save"), _("The path is changed."), children.change_path,
        _("The own target moves with the path. The time of the law does not."),
    ),
    "plan": Act(own.StepForm, _("Put a step into the plan"), _("Save"), _("The step is in the plan."), children.plan_step),
    "uppgifter": Act(
        own.AskForm, _("Ask somebody for what they know"), _("Save"), _("It is recorded that they were asked."),
        children.ask_for_data,
    ),
    "barnets-syn": Act(
        own.ChildViewForm, _("The child's own view"), _("Save"), _("The child's view is recorded."),
        children.record_child_view,
        _("Every child has the right to be heard on what concerns it (lag 2018:1197, article 12)."),
    ),
    "barnets-basta": Act(
        own.BestForm, _("How the child's best was weighed"), _("Save"), _("It is recorded."),
        children.weigh_best_interests,
    ),
    "risk": Act(own.RiskForm, _("Risk and protection"), _("Save"), _("It is recorded."), children.assess_risk),
    "bedomning": Act(
        own.AssessmentForm, _("Assessment of the investigation"), _("Save"), _("It is recorded."),
        children.write_assessment,
    ),
    "avsluta": Act(
        own.CloseForm, _("Close the investigation"), _("Decide and close"), _("The investigation is closed."),
        children.close_investigation,
        _("This is a decision. The parties get it, and the time ends today. A new investigation of the same question within a year adds its days to these."),
    ),
    "folj": Act(
        own.FollowForm, _("Follow the child"), _("Start"), _("The follow-up has begun."), children.start_follow_up,
        _("This is a decision. It holds for at most six months, also without consent, where an intervention was proposed and not accepted or a placement has ended (SoL 23:1-2, 23:5; unconfirmed wording)."),
        {"follow_because": "because"},
    ),
    "folj-slut": Act(
        own.FollowEndForm, _("End the follow-up"), _("End it"), _("The follow-up has ended."), children.end_follow_up
    ),
}  # fmt: skip
# What is done after the close.
AFTERWARDS = {"folj", "folj-slut"}
