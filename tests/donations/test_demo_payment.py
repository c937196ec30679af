"""The invented ways to give: details that pass every check, lead nowhere, and are signed by the demo's own key."""

import stat
from datetime import timedelta

import pytest
import time_machine

from donations.choices import MethodKind
from donations.models import DetailsProposal, PaymentMethod, PaymentSet
from donations.signing.current import current_details
from donations.signing.keys import public_text
from memorial.base.civil_date import civil_date
from memorial.demo.payment import sign_demo_set, write_methods
from memorial.donation_environment import demo_key, donate_public_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.EMBEDDED_POSTGRES = True
    settings.DONATE_PUBLIC_KEYS = donate_public_keys(tmp_path, is_embedded=True)
    settings.DONATE_LOWEST_SERIAL = 1
    write_methods()


@pytest.mark.usefixtures("demo")
def test_every_invented_way_to_give_is_live_and_of_every_kind():
    shown = current_details(civil_date())
    assert set(shown) == set(PaymentMethod.objects.values_list("slug", flat=True))
    assert {each.kind for each in shown.values()} == set(MethodKind)
    assert all(each.host.endswith(".example.org") for each in shown.values() if each.is_page)
    assert {row.proposed_by == row.decided_by for row in DetailsProposal.objects.all()} == {False}
    for method in PaymentMethod.objects.all():
        assert method.asks_ru
        assert method.asks_en
        assert bool(method.how_to_cancel_ru) == bool(method.how_to_cancel_en)
        assert method.how_to_cancel_ru or not method.is_monthly


@pytest.mark.usefixtures("demo")
def test_the_set_is_signed_anew_twenty_one_days_before_its_end_and_not_sooner():
    assert not sign_demo_set()
    with time_machine.travel(in_days(67)):
        assert not sign_demo_set()
    with time_machine.travel(in_days(68)):
        assert sign_demo_set()
        assert not sign_demo_set()
    with time_machine.travel(in_days(400)):
        assert not current_details(civil_date())
        assert sign_demo_set()
        assert current_details(civil_date())
    assert PaymentSet.objects.count() == 3


def in_days(days: int):
    return civil_date() + timedelta(days=days)


@pytest.mark.usefixtures("demo")
def test_the_demo_keeps_its_hands_off_another_key_and_a_real_database(settings, tmp_path):
    settings.DONATE_PUBLIC_KEYS = (public_text(demo_key(tmp_path / "other").public_key()),)
    with time_machine.travel(in_days(80)):
        assert not sign_demo_set()
        settings.DONATE_PUBLIC_KEYS = donate_public_keys(tmp_path, is_embedded=True)
        settings.EMBEDDED_POSTGRES = False
        assert not sign_demo_set()


def test_the_demo_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = donate_public_keys(tmp_path, is_embedded=True)
    assert donate_public_keys(tmp_path, is_embedded=True) == first
    assert stat.S_IMODE((tmp_path / "donation_key").stat().st_mode) == 0o600
    assert donate_public_keys(tmp_path, is_embedded=False) == ()
