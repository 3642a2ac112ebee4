"""Addresses of the lead face, under /ledning/. They hold ids alone."""

from django.urls import path

from handslag.portal.lead.views import automation, jobs, payments, reads, rules, start, statistics

urlpatterns = [
    path("", start.start, name="lead-start"),
    path("frister.xlsx", start.due_list, name="lead-due-list"),
    path("belastning.xlsx", start.load_list, name="lead-load-list"),
    path("brutna-frister.xlsx", start.broken_list, name="lead-broken-list"),
    path("automatisering/", automation.automation, name="lead-automation"),
    path("automatisering/brytare/", automation.turn, name="lead-turn"),
    path("automatisering/regel/", automation.new_rule, name="lead-automation-rule"),
    path("stickprov/", automation.samples, name="lead-samples"),
    path("stickprov/<uuid:sample_id>/", automation.review, name="lead-review-sample"),
    path("stickprov.xlsx", automation.sample_list, name="lead-sample-list"),
    path("logg/", reads.reads, name="lead-log"),
    path("logg/<int:entry_id>/", reads.sign, name="lead-sign"),
    path("logg.xlsx", reads.read_list, name="lead-log-list"),
    path("jobb/", jobs.jobs, name="lead-jobs"),
    path("jobb/<int:job_id>/igen/", jobs.retry, name="lead-retry"),
    path("jobb.xlsx", jobs.job_list, name="lead-job-list"),
    path("regler/", rules.rules, name="lead-rules"),
    path("regler/bekrafta/", rules.confirm, name="lead-confirm"),
    path("regler/belopp.xlsx", rules.cell_list, name="lead-cell-list"),
    path("regler/lokala/", rules.local_rules, name="lead-local-rules"),
    path("regler/installningar/", rules.settings, name="lead-settings"),
    path("utbetalningar/", payments.payments, name="lead-payments"),
    path("utbetalningar/filer.xlsx", payments.file_list, name="lead-file-list"),
    path("utbetalningar/enhet/<uuid:unit_id>/fil/", payments.make, name="lead-make-file"),
    path("utbetalningar/fil/<uuid:file_id>/", payments.file, name="lead-file"),
    path("utbetalningar/fil/<uuid:file_id>/slapp/", payments.release, name="lead-release"),
    path("utbetalningar/fil/<uuid:file_id>/ta-tillbaka/", payments.withdraw, name="lead-withdraw"),
    path("utbetalningar/fil/<uuid:file_id>/hamta/", payments.download, name="lead-download"),
    path("utbetalningar/<uuid:payment_id>/attest/", payments.attest, name="lead-attest"),
    path("utbetalningar/svar/", payments.report, name="lead-report"),
    path("delegation/", statistics.delegation, name="lead-delegation"),
    path("delegation.xlsx", statistics.delegation_list, name="lead-delegation-list"),
    path("statistik/", statistics.balance, name="lead-statistics"),
    path("statistik.xlsx", statistics.balance_list, name="lead-statistics-list"),
]
