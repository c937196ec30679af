"""Staff of every group, signed in, and a world that has one of everything."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from memorial.staff.group_sync import sync_groups
from memorial.staff.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    # Tests read English sentences, whatever the browser would ask for.
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def groups(db):
    sync_groups()


@pytest.fixture
def member(groups):
    """`member("translator")` is somebody of that group, with a signed-in client."""

    def make(group: str, name: str = "") -> Client:
        user = User.objects.create_user(name or f"a-{group}", password="only for tests 1", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = signed_in(user)
        client.user = user
        return client

    return make


@pytest.fixture
def desk(member) -> Client:
    """An editor at work."""
    return member("editor")


@pytest.fixture
def today() -> date:
    from django.utils import timezone

    return timezone.localdate()
