"""Public files in an S3-compatible store: a server of moto's on this machine, and our own addresses on every page."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from memorial.base.photos import public_names, random_stem, remove_public_sizes, remove_strays
from memorial.many_environment import Store, public_storage

moto = pytest.importorskip("moto.server")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def endpoint():
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(settings, endpoint):
    name = f"public-{random_stem()}"
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1",
                          aws_access_key_id="key", aws_secret_access_key="word")  # fmt: skip
    client.create_bucket(Bucket=name)
    entry = public_storage(Store(endpoint, name, "key", "word", "us-east-1"), "/media/")
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    return storages["default"]


def test_a_photo_is_handed_out_at_our_own_address_and_is_gone_when_hidden(store, client):
    stem = random_stem()
    for name in public_names(stem):
        assert store.save(name, ContentFile(b"pixels")) == name
    name = public_names(stem)[0]
    address = store.url(name)
    assert address == f"/media/{name}"
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"pixels")
    remove_public_sizes(stem)
    assert client.get(address).status_code == 404
    assert not any(store.exists(name) for name in public_names(stem))
    remove_public_sizes(stem)  # what is not there is no error


def test_a_name_is_never_taken_twice(store):
    first = store.save("photos/one.jpg", ContentFile(b"one"))
    assert store.save("photos/one.jpg", ContentFile(b"two")) != first
    assert store.open(first).read() == b"one"


def test_strays_are_found_as_in_a_folder(store):
    from datetime import timedelta

    assert remove_strays([], older_than=timedelta(seconds=-60)) == []
    stem = random_stem()
    store.save(public_names(stem)[0], ContentFile(b"stray"))
    assert store.exists("photos")
    assert remove_strays([], older_than=timedelta(hours=1)) == []
    assert remove_strays([stem], older_than=timedelta(seconds=-60)) == []
    assert remove_strays([], older_than=timedelta(seconds=-60)) == [public_names(stem)[0]]


def test_a_store_that_is_away_is_said_without_its_address(settings, client, tmp_path):
    entry = public_storage(Store("http://127.0.0.1:1", "public", "key", "word", "us-east-1"), "/media/")
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    with pytest.raises(OSError, match="the store of public files does not answer") as failed:
        storages["default"].delete("photos/one.jpg")
    assert "127.0.0.1" not in str(failed.value)
    answer = client.get(f"/media/{public_names(random_stem())[0]}")
    assert answer.status_code == 503


def test_confidential_files_never_go_there(store):
    assert type(storages["confidential"]).__name__ == "FileSystemStorage"
