"""Staff without the organisation's log-in: a password first, a code second, never only one of them."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Account
from handslag.portal.account import second_factor, sessions
from handslag.portal.account.attempts import require_attempt_left
from handslag.portal.account.forms import CodeForm, PasswordForm
from handslag.portal.account.sessions import LOG_IN
from handslag.portal.account.views.log_in import show_ways_in
from handslag.portal.shell.doors import public

WAITS = timedelta(minutes=10)
KEY = "second_step"


@public
@require_POST
def password(request: Any) -> HttpResponse:
    """The first step. What is wrong is never told apart: no such account, wrong password, a resident's account."""
    form, wanted = PasswordForm(request.POST), request.POST.get("next", "")
    if not form.is_valid():
        return show_ways_in(request, wanted, form, 400)
    name = form.cleaned_data["username"].strip()
    require_attempt_left(request, name)
    with foundation.acting(LOG_IN):
        account: Any = ModelBackend().authenticate(
            request, username=name, password=form.cleaned_data["password"]
        )
        if account is None or account.person_id is not None:
            sessions.fail(request, how="password", because="wrong", name=name)
            form.add_error(None, _("The user name or the password is wrong. Check both and try again."))
            return show_ways_in(request, wanted, form, 400)
        has_app = second_factor.has_second_factor(account)
    request.session[KEY] = {
        "account": str(account.id),
        "next": wanted,
        "until": (foundation.now() + WAITS).isoformat(),
        "secret": "" if has_app else second_factor.new_secret(),
    }
    return redirect("code" if has_app else "join_app")


@public
def code(request: Any) -> HttpResponse:
    """The second step: a code from the app, or a saved one."""
    account = _waiting(request)
    if account is None:
        return redirect("log_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_attempt_left(request, account.username)
        if second_factor.use_code(
            account=account, code=form.cleaned_data["code"], by=LOG_IN, at=foundation.now()
        ):
            return _enter(request, account)
        sessions.fail(request, how="password", because="code", name=account.username)
        form.add_error(
            "code", _("The code does not fit, or has been used. Wait for the next one and write that.")
        )
    return render(request, "handslag_account/code.html", {"form": form}, status=400 if form.errors else 200)


@public
def join_app(request: Any) -> HttpResponse:
    """The first log-in with a password: an app must be joined before anything else opens."""
    account = _waiting(request)
    secret = request.session.get(KEY, {}).get("secret", "")
    if account is None or not secret:
        return redirect("log_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.set_second_factor(
                account=account, secret=secret, code=form.cleaned_data["code"], by=LOG_IN, at=foundation.now()
            )
        except foundation.BadInput as error:
            form.add_error("code", error.in_one_line)
        else:
            onward = _enter(request, account).headers["Location"]
            return render(request, "handslag_account/saved_codes.html", {"codes": codes, "onward": onward})
    context = {"form": form, "drawn": second_factor.drawn_for_app(account, secret), "secret": secret}
    return render(request, "handslag_account/join_app.html", context, status=400 if form.errors else 200)


def _waiting(request: HttpRequest) -> Account | None:
    """The account whose password was right in this browser within the last ten minutes."""
    waiting = request.session.get(KEY)
    if not isinstance(waiting, dict) or datetime.fromisoformat(waiting["until"]) < foundation.now():
        return None
    with foundation.acting(LOG_IN):
        return Account.objects.filter(id=waiting["account"], is_active=True, person_id=None).first()


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    wanted = request.session.pop(KEY)["next"]
    actor = sessions.begin(request, account, how="password")
    response = redirect(sessions.way_on(request, actor, wanted))
    sessions.speak(response, account)
    return response
