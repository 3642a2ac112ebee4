"""Taking down an application by telephone, on paper or at a visit, and opening a case by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Month, Role
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.citizen.presenters import links_to
from handslag.portal.citizen.typed import Control, controls_of, household_names, typed_answers
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.papers import ASKED_FOR
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff

WHO = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)
MONTHS_BACK, MONTHS_AHEAD = 1, 1
BY_ONE_TICK = ("information", "summary")


class ManyFiles(forms.FileInput):
    """One box for several files."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Papers as (name, content); each is looked at by its content, and each that we cannot take is told by its name."""

    widget = ManyFiles(attrs={"accept": ASKED_FOR})

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """The papers that came, in order. Raises ValidationError with one error for each paper that is wrong."""
        read = [(casework.plain_name(str(file.name)), file.read()) for file in data or []]
        wrong = []
        for name, content in read:
            try:
                casework.checked_media_type(content, name)
            except foundation.BadInput as fault:
                wrong.append(f"{name}: {fault.in_one_line}")
        if wrong:
            raise forms.ValidationError(wrong)
        return read


class HowForm(forms.Form):
    """How the application came, its papers, and what the person has said yes to."""

    way = forms.ChoiceField(
        label=_("How did the application come?"),
        choices=income_support.TakenDownWay.choices,
        widget=forms.RadioSelect,
    )
    came_in_on = DayField(
        label=_("Which day did it come?"), help_text=_("The law's time is counted from this day.")
    )
    papers = PapersField(
        label=_("Papers that came with it"),
        help_text=_(
            "Receipts, contracts or the signed form: PDF, photo, Word, OpenDocument or plain text, at most 20 MB each."
        ),
        required=False,
    )
    told = forms.BooleanField(
        label=_(
            "The person knows that we ask the authorities about incomes, and says that what is told is true"
        ),
    )
    partner_agrees = forms.BooleanField(
        label=_("The partner has signed the paper or said yes to me. Otherwise we ask the partner to sign."),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@staff(*WHO)
def take_down(request: Any, person_id: UUID) -> HttpResponse:
    """One page with all questions, filled with what we know; the answers are checked like the person's own."""
    actor = request.actor
    person = people.get_person(person_id, actor)
    today = foundation.today()
    month = _month(request, today)
    kind = income_support.kind_for(person.id, month, today)
    steps = [
        step for step in income_support.FLOWS["new" if kind == "renewal" else kind] if step not in BY_ONE_TICK
    ]
    filled = income_support.prefill_for(person.id, kind, today).answers
    typed = _typed(request, steps, filled) if request.method == "POST" else filled
    form = HowForm(
        request.POST or None,
        request.FILES or None,
        initial={"came_in_on": today.isoformat(), "key": str(foundation.new_id())},
    )
    problems: tuple[income_support.Problem, ...] = ()
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        asked = form.cleaned_data
        try:
            sent = attempt(
                form,
                lambda: income_support.take_down_application(
                    person_id=person.id,
                    month=month,
                    answers={**typed, **_ticked(kind)},
                    way=asked["way"],
                    came_in_on=asked["came_in_on"],
                    partner_agrees=asked["partner_agrees"],
                    papers=asked["papers"],
                    key=asked["key"],
                    by=actor,
                    at=foundation.now(),
                ),
                places={"content": "papers"},
                tell_conflicts=True,
            )
        except income_support.AnswersIncomplete as incomplete:
            sent, problems = None, incomplete.problems
        if sent is not None:
            messages.success(
                request,
                gettext(
                    "The application is taken down. The registers are asked and the month is calculated."
                ),
            )
            return redirect("desk-case", sent.case_id)
    if problems == () and request.method == "POST" and "more" not in request.POST:
        problems = _problems(steps, typed, today)
    sections = _sections(steps, typed, problems, person, request.POST.get("more", ""))
    controls = [control for _title, shown in sections for control in shown]
    foundation.log_read(
        actor, person_id=person.id, page="desk.application", why="protected" if person.is_protected else ""
    )
    context = {
        "nav": "search",
        "person": person,
        "month": month,
        "months": [Month.of(today).plus(n) for n in range(-MONTHS_BACK, MONTHS_AHEAD + 1)],
        "kind_words": income_support.ApplicationKind(kind).label,
        "form": form,
        "sections": sections,
        "errors": [*_form_errors(form), *links_to(problems, controls)],
        "choose_again": [file.name for file in request.FILES.getlist("papers")],
    }
    wrong = bool(form.errors or problems)
    return render(request, "desk/take_down.html", context, status=400 if wrong else 200)


@staff(*WHO)
def open_case(request: Any, person_id: UUID) -> HttpResponse:
    """Opens a case of economic aid for a person who has turned to us, so that what is said can be kept."""
    if request.method != "POST":
        return redirect("desk-person", person_id)
    case = income_support.open_case_by_hand(person_id=person_id, by=request.actor, at=foundation.now())
    if "application" in request.POST:
        return redirect("desk-take-down", person_id)
    messages.success(request, gettext("Case {number} is open.").format(number=case.number))
    return redirect("desk-case", case.id)


def _month(request: Any, today: Any) -> Month:
    text = request.GET.get("manad", "")
    try:
        return Month.parse(text) if text else Month.of(today)
    except foundation.HandslagError:
        return Month.of(today)


def _typed(request: Any, steps: list[str], filled: dict[str, Any]) -> dict[str, Any]:
    typed = {step: typed_answers(step, request.POST) for step in steps}
    household = typed.get("household", {})
    if household.get("living") == "partner" and not household.get("partner_identity_number"):
        known = (filled.get("household") or {}).get("partner_person_id")
        if known:  # never travels through the form
            household["partner_person_id"] = known
    return typed


def _ticked(kind: str) -> dict[str, Any]:
    """The one tick of the page stands for those of the e-service."""
    told = {"summary": {"truthful": True}}
    return told if kind == "supplement" else {**told, "information": {"read": True}}


def _problems(steps: list[str], typed: dict[str, Any], today: Any) -> tuple[income_support.Problem, ...]:
    checks = income_support.checks_on(today)
    return tuple(
        problem
        for step in steps
        for problem in income_support.check_step(step, typed.get(step) or {}, checks)[1]
    )


def _sections(
    steps: list[str],
    typed: dict[str, Any],
    problems: tuple[income_support.Problem, ...],
    person: people.Person,
    more: str,
) -> list[tuple[str, tuple[Control, ...]]]:
    names = household_names(typed, person.given_name)
    return [
        (
            str(income_support.STEP_WORDS[step].title),
            controls_of(step, typed.get(step) or {}, problems, household=names, more_rows=more),
        )
        for step in steps
    ]


def _form_errors(form: HowForm) -> list[tuple[str, str]]:
    found = []
    for name, errors in form.errors.items():
        place = f"id_{name}" if name in form.fields else ""
        place = f"{place}_0" if name == "way" else place
        found += [(place, str(error)) for error in errors]
    return found
