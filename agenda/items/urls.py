"""Addresses of the item store."""

from django.urls import path

from agenda.items.views import checking, deciding, file, filing, granting, signing, store

urlpatterns = [
    path("items/", store.items, name="items"),
    path("items/new/", filing.new_item, name="item_new"),
    path("items/<int:pk>/", file.item_detail, name="item_detail"),
    path("items/<int:pk>/sheet.pdf", file.sheet_pdf, name="item_pdf"),
    path("items/<int:pk>/papers/<int:attachment>/", file.attachment, name="item_paper"),
    path("items/<int:pk>/documents/<int:document>/", file.opinion_document, name="item_document"),
    path("items/<int:pk>/scans/<int:signature>/", file.signature_scan, name="item_scan"),
    path("items/<int:pk>/edit/", filing.edit_item, name="item_edit"),
    path("items/<int:pk>/draft/", filing.autosave, name="item_autosave"),
    path("items/<int:pk>/papers/add/", filing.add_paper, name="item_add_paper"),
    path("items/<int:pk>/papers/<int:attachment>/remove/", filing.remove_paper, name="item_remove_paper"),
    path("items/<int:pk>/submit/", filing.submit, name="item_submit"),
    path("items/<int:pk>/withdraw/", filing.withdraw, name="item_withdraw"),
    path("items/<int:pk>/accept/", deciding.accept, name="item_accept"),
    path("items/<int:pk>/return/", deciding.return_item, name="item_send_back"),
    path("items/<int:pk>/urgent/", deciding.ask_for_urgency, name="item_ask_urgent"),
    path("items/<int:pk>/urgent/approve/", deciding.approve_urgency, name="item_approve_urgent"),
    path("items/<int:pk>/checks/<slug:kind>/", checking.check, name="item_check"),
    path("items/<int:pk>/checks/<slug:kind>/confirm/", checking.confirm, name="item_confirm"),
    path("items/<int:pk>/checks/<slug:kind>/waive/", checking.waive, name="item_waive"),
    path("items/<int:pk>/checks/<slug:kind>/delegate/", granting.delegate, name="item_delegate"),
    path("items/<int:pk>/sign/", signing.sign, name="item_sign"),
    path("items/<int:pk>/sign/paper/", signing.paper_signature, name="item_paper_signature"),
    path("items/<int:pk>/grants/", granting.grants, name="item_grants"),
]
