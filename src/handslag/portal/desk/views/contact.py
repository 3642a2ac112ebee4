"""Contact with the person: messages, what is asked for, and communication before a decision."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import READERS, WORKERS, frame, undecided
from handslag.portal.shell import formats
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff

USUAL_DAYS = 7


class MessageForm(forms.Form):
    """A message to one of the parties."""

    person = forms.ChoiceField(label=_("To"))
    subject = forms.CharField(label=_("Heading"), max_length=200)
    body = forms.CharField(label=_("Message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


class CompletionForm(forms.Form):
    """What the person shall send in, one thing on each line, and until when."""

    person = forms.ChoiceField(label=_("Who is asked?"))
    what = forms.CharField(
        label=_("What shall be sent in?"),
        help_text=_("One thing on each line."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = DayField(label=_("Last day"))


class CommunicateForm(forms.Form):
    """What the decision will rest on, and until when the person may answer."""

    person = forms.ChoiceField(label=_("Who is told?"))
    matter = forms.ChoiceField(label=_("What does it concern?"), required=False)
    material = forms.CharField(
        label=_("What will the decision rest on?"),
        help_text=_(
            "Write it so that the person can answer: what has come in, and what you think of deciding."
        ),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    answer_until = DayField(label=_("Last day to answer"))


class WaiveForm(forms.Form):
    """Why the person obviously need not be told first."""

    prefix = "waive"
    matter = forms.ChoiceField(label=_("What does it concern?"), required=False)
    because = forms.CharField(
        label=_("Why is it obviously not needed?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """What the person answered by word of mouth."""

    answer = forms.CharField(label=_("What did the person say?"), widget=forms.Textarea(attrs={"rows": 3}))


@staff(*READERS)
def messages_of_case(request: Any, case_id: UUID) -> HttpResponse:
    """What has been written, newest first. What the responsible case worker opens is marked as read."""
    context = frame(request, case_id, "messages", "desk.messages")
    actor, case = request.actor, context["case"]
    form = MessageForm(request.POST or None)
    form.fields["person"].choices = _readers(context)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.send_message(
                case_id=case.id,
                subject=asked["subject"],
                body=asked["body"],
                person_id=UUID(asked["person"]),
                by=actor,
                at=foundation.now(),
            ),
            places={"person_id": "person"},
        )
        if done is not None:
            messages.success(request, gettext("The message is sent."))
            return redirect("desk-messages", case.id)
    page = casework.find_messages(case.id, actor, after=request.GET.get("efter"))
    context |= {
        "written": page.rows,
        "names": {one.person_id: one.name for one in context["parties"]},
        "languages": people.languages_of([one.person_id for one in page.rows], actor),
        "older_url": f"?efter={page.after}" if page.after else "",
        "form": form,
    }
    response = render(request, "desk/case/messages.html", context, status=400 if form.errors else 200)
    if case.worker_id == actor.account_id:
        for one in page.rows:
            if one.direction == casework.Direction.FROM_PERSON and one.read_at is None:
                casework.mark_read(message_id=one.id, by=actor, at=foundation.now())
    return response


@staff(*READERS)
def completions(request: Any, case_id: UUID) -> HttpResponse:
    """What has been asked for and what came, and a form to ask for more."""
    context = frame(request, case_id, "messages", "desk.completions")
    actor = request.actor
    due = foundation.today() + timedelta(days=USUAL_DAYS)
    form = CompletionForm(request.POST or None, initial={"due_on": due.isoformat()})
    form.fields["person"].choices = _readers(context)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.request_completion(
                case_id=case_id,
                what=asked["what"].splitlines(),
                due_on=asked["due_on"],
                person_id=UUID(asked["person"]),
                by=actor,
                at=foundation.now(),
            ),
            places={"person_id": "person"},
        )
        if done is not None:
            messages.success(request, gettext("The person has been asked."))
            return redirect("desk-completions", case_id)
    context |= {
        "requests": reversed(casework.find_completions(actor, case_id=case_id)),
        "names": {one.person_id: one.name for one in context["parties"]},
        "form": form,
    }
    return render(request, "desk/case/completions.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def completion(request: Any, case_id: UUID, completion_id: UUID) -> HttpResponse:
    """Take a request back, or write down an answer that came by post or by telephone."""
    found = [
        one for one in casework.find_completions(request.actor, case_id=case_id) if one.id == completion_id
    ]
    if not found:
        raise casework.PartNotFound("There is no such request, or you may not see it.")
    if "cancel" in request.POST:
        casework.cancel_completion(completion_id=completion_id, by=request.actor, at=foundation.now())
        messages.success(request, gettext("The request is taken back."))
        return redirect("desk-completions", case_id)
    texts = [(item.id, request.POST.get(f"answer-{item.id}", "").strip()) for item in found[0].items.all()]
    answers = [casework.ItemAnswer(item_id, text=text) for item_id, text in texts if text]
    if answers:
        casework.answer_completion(
            completion_id=completion_id, answers=answers, by=request.actor, at=foundation.now()
        )
        messages.success(request, gettext("The answer is written down."))
    return redirect("desk-completions", case_id)


@staff(*READERS)
def communication(request: Any, case_id: UUID) -> HttpResponse:
    """Tell the person what the decision will rest on (FL 25), or record why that is obviously not needed."""
    context = frame(request, case_id, "decisions", "desk.communication")
    actor = request.actor
    matters = [(str(one.id), _matter(one.month)) for one in undecided(context)]
    matters.append(
        ("", gettext("The application") if context["is_adult"] else gettext("Something else in the case"))
    )
    due = (foundation.today() + timedelta(days=USUAL_DAYS)).isoformat()
    chosen = request.GET.get("ansokan") or matters[0][0]
    waives = request.method == "POST" and "waive" in request.POST
    form = CommunicateForm(
        request.POST if request.method == "POST" and not waives else None,
        initial={"answer_until": due, "matter": chosen, "material": _proposed(chosen, context, actor)},
    )
    waive = WaiveForm(request.POST if waives else None, initial={"matter": chosen})
    form.fields["person"].choices = _readers(context)  # type: ignore[attr-defined]
    for one in (form, waive):
        one.fields["matter"].choices = matters  # type: ignore[attr-defined]
    asked_form: forms.Form = waive if waives else form
    if request.method == "POST" and asked_form.is_valid():
        done = attempt(
            asked_form,
            lambda: (
                _waived(case_id, waive.cleaned_data, actor)
                if waives
                else _told(case_id, form.cleaned_data, actor)
            ),
            places={"person_id": "person"},
        )
        if done is not None:
            words = gettext("The reason is recorded.") if waives else gettext("The person has been told.")
            messages.success(request, words)
            return redirect("desk-communication", case_id)
    context |= {
        "form": form,
        "waive": waive,
        "answer": AnswerForm(),
        "undecided": undecided(context),
        "names": {one.person_id: one.name for one in context["parties"]},
        "months": {one.id: one.month for one in context["applications"]},
    }
    return render(request, "desk/case/communication.html", context, status=400 if asked_form.errors else 200)


@staff(*WORKERS)
@require_POST
def communication_answer(request: Any, case_id: UUID, communication_id: UUID) -> HttpResponse:
    """Write down what the person answered by word of mouth."""
    if communication_id not in {one.id for one in casework.find_communications(case_id, request.actor)}:
        raise casework.PartNotFound("There is no such communication, or you may not see it.")
    casework.answer_communication(
        communication_id=communication_id,
        answer=request.POST.get("answer", ""),
        orally=True,
        by=request.actor,
        at=foundation.now(),
    )
    messages.success(request, gettext("The answer is written down."))
    return redirect("desk-communication", case_id)


def _told(case_id: UUID, asked: dict[str, Any], actor: foundation.Actor) -> casework.Communication:
    """Communicate, and let the person read it among their messages in the same transaction."""
    sent = casework.communicate(
        case_id=case_id,
        material=asked["material"],
        answer_until=asked["answer_until"],
        person_id=UUID(asked["person"]),
        matter_id=UUID(asked["matter"]) if asked["matter"] else None,
        by=actor,
        at=foundation.now(),
    )
    day = formats.day(asked["answer_until"])
    casework.send_message(
        case_id=case_id,
        subject=gettext("Before we decide: answer at the latest {day}").format(day=day),
        body=asked["material"],
        person_id=UUID(asked["person"]),
        idempotency_key=casework.message_key_of(sent.id),
        by=actor,
        at=foundation.now(),
    )
    return sent


def _proposed(application_id: str, context: dict[str, Any], actor: foundation.Actor) -> str:
    """What the calculation already says of a part that is not granted, for the case worker to go on from; empty when it
    says nothing, and when the person has been told of the application before."""
    if application_id in {str(one.matter_id) for one in context["communications"]}:
        return ""
    application = next((one for one in undecided(context) if str(one.id) == application_id), None)
    row = income_support.get_assessment(application.id, actor) if application is not None else None
    if row is None or row.final_at is not None:
        return ""
    preview = income_support.preview_decision(row, actor, outcome="partly_granted")
    told = [foundation.tell(one) for one in income_support.reasons_of_lines(preview.reasons)]
    if not told or not preview.grants_something:
        return ""
    first = gettext("We think of giving you {amount} in economic aid for {month}. That is a part of what you applied for.")
    month = formats.month(row.month)
    return "\n".join([first.format(amount=foundation.kr(preview.amount_kr), month=month), *told])


def _waived(case_id: UUID, asked: dict[str, Any], actor: foundation.Actor) -> casework.Communication:
    return casework.waive_communication(
        case_id=case_id,
        because=asked["because"],
        matter_id=UUID(asked["matter"]) if asked["matter"] else None,
        by=actor,
        at=foundation.now(),
    )


def _matter(month: str) -> str:
    return gettext("The application for {month}").format(month=formats.month(month))


def _readers(context: dict[str, Any]) -> list[tuple[str, str]]:
    """The parties who read the case themselves."""
    return [(str(one.person_id), one.name) for one in context["parties"] if one.has_insight and one.name]
