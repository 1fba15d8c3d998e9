"""Addresses of the hall."""

from django.urls import path

from decisions.console.views import entries, hall, outcomes, room, votes

urlpatterns = [
    path("meetings/<int:pk>/console/", hall.console, name="console"),
    path("meetings/<int:pk>/sign-in/", hall.sign_in_sheet, name="sign_in_sheet"),
    path("meetings/<int:pk>/open/", hall.open_page, name="hall_open"),
    path("meetings/<int:pk>/close/", hall.close_page, name="hall_close"),
    path("meetings/<int:pk>/arrive/", room.come, name="hall_arrive"),
    path("meetings/<int:pk>/depart/", room.leave, name="hall_depart"),
    path("meetings/<int:pk>/sign-in/all/", room.sign_all, name="hall_sign_all"),
    path("meetings/<int:pk>/attendance/<int:event>/undo/", room.undo, name="hall_undo"),
    path("entries/<int:pk>/recuse/", room.recuse, name="entry_recuse"),
    path("entries/<int:pk>/begin/", entries.begin, name="entry_begin"),
    path("entries/<int:pk>/pause/", entries.pause, name="entry_pause"),
    path("entries/<int:pk>/hear/", entries.hear, name="entry_hear"),
    path("entries/<int:pk>/defer/", entries.defer, name="entry_defer"),
    path("entries/<int:pk>/notes/", entries.note, name="entry_note"),
    path("entries/<int:pk>/stance/", entries.state, name="entry_state"),
    path("entries/<int:pk>/pass/", entries.pass_others, name="entry_pass"),
    path("entries/<int:pk>/opinion/", entries.opinion, name="entry_opinion"),
    path("notes/<int:pk>/correct/", entries.correct, name="note_correct"),
    path("notes/<int:pk>/lift/", entries.lift, name="recusal_lift"),
    path("entries/<int:pk>/questions/", entries.ask, name="question_add"),
    path("questions/<int:pk>/drop/", entries.drop, name="question_drop"),
    path("questions/<int:pk>/restore/", entries.restore, name="question_restore"),
    path("questions/<int:pk>/agree/", votes.agree, name="question_agree"),
    path("questions/<int:pk>/rounds/", votes.begin, name="round_open"),
    path("rounds/<int:pk>/undo/", votes.undo, name="round_undo"),
    path("rounds/<int:pk>/votes/", votes.vote, name="round_vote"),
    path("rounds/<int:pk>/rest/", votes.rest, name="round_rest"),
    path("rounds/<int:pk>/hands/", votes.hands, name="round_hands"),
    path("rounds/<int:pk>/announce/", votes.announce, name="round_announce"),
    path("rounds/<int:pk>/void/", votes.void, name="round_void"),
    path("entries/<int:pk>/decide/", outcomes.decide, name="entry_decide"),
    path("entries/<int:pk>/correct/", outcomes.correct, name="entry_correct"),
]
