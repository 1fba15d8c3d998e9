"""Addresses of the secret ballot."""

from django.urls import path

from decisions.ballots.views import casting, preparing, watching

urlpatterns = [
    path("entries/<int:pk>/ballots/new/", preparing.draft, name="ballot_draft"),
    path("ballots/<int:pk>/", watching.ballot, name="ballot"),
    path("ballots/<int:pk>/turnout/", watching.polled, name="ballot_turnout"),
    path("ballots/<int:pk>/officers/", preparing.officers, name="ballot_officers"),
    path("ballots/<int:pk>/confirm/", preparing.confirm, name="ballot_confirm"),
    path("ballots/<int:pk>/code/", watching.code, name="ballot_code"),
    path("ballots/<int:pk>/issue/", preparing.issue, name="ballot_issue"),
    path("ballots/<int:pk>/vote/", casting.vote, name="ballot_vote"),
    path("ballots/<int:pk>/slips/", watching.slips, name="ballot_slips"),
    path("ballots/<int:pk>/booth/", casting.booth, name="ballot_booth"),
    path("ballots/<int:pk>/close/", preparing.close, name="ballot_close"),
    path("ballots/<int:pk>/collect/", preparing.collect, name="ballot_collect"),
    path("ballots/<int:pk>/void/", preparing.void, name="ballot_void"),
    path("ballots/<int:pk>/count/", watching.count, name="ballot_count"),
    path("ballots/<int:pk>/tally/", watching.tally, name="ballot_tally"),
    path("ballots/<int:pk>/sign/", preparing.sign, name="ballot_sign"),
    path("ballots/<int:pk>/seal/", watching.seal, name="ballot_seal"),
    path("ballots/<int:pk>/paper/", watching.paper, name="ballot_paper"),
    path("ballots/<int:pk>/report/", watching.report, name="ballot_report"),
]
