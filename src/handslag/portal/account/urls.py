"""Addresses of the account face, under /konto/. None of the log-in library's own pages has an address."""

from django.urls import path

from handslag.portal.account.views import log_in, mine, oidc, password

urlpatterns = [
    path("", mine.mine, name="account"),
    path("sprak/", mine.language, name="account_language"),
    path("last/<uuid:notice_id>/", mine.acknowledge, name="acknowledge"),
    path("logga-in/", log_in.log_in, name="log_in"),
    path("logga-in/demo/", log_in.be_somebody, name="be_somebody"),
    path("logga-in/losenord/", password.password, name="password"),
    path("logga-in/kod/", password.code, name="code"),
    path("logga-in/app/", password.join_app, name="join_app"),
    path("logga-in/<str:provider_id>/", oidc.go, name="openid_connect_login"),
    path("logga-in/<str:provider_id>/svar/", oidc.come_back, name="openid_connect_callback"),
    path("logga-ut/", log_in.log_out, name="log_out"),
    path("utloggad/", log_in.logged_out, name="logged_out"),
]
