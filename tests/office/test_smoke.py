"""Every page of every model answers, whatever else is tested of it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import CustodyFactory, RecognitionFactory, StayFactory

pytestmark = pytest.mark.django_db


def test_every_page_of_every_model_answers(office):
    stay = StayFactory()
    CustodyFactory(prisoner=stay.prisoner)
    RecognitionFactory(prisoner=stay.prisoner)
    answered = 0
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_changelist")]
        if page.has_add_permission(office.get(addresses[0]).wsgi_request):
            addresses.append(reverse(f"{name}_add"))
        if first := model._default_manager.first():
            addresses += [reverse(f"{name}_{verb}", args=[first.pk]) for verb in ("change", "history")]
        for address in addresses:
            assert office.get(address).status_code == 200, address
            answered += 1
    assert answered >= 40
