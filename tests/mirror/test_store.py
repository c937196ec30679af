"""An S3-compatible store as the target, against a server of its own on this machine."""

import gzip

import boto3
import pytest
from moto.server import ThreadedMotoServer

from memorial.mirror import verify_mirror
from memorial.mirror.errors import MirrorError
from memorial.mirror.store import SECONDS_KEPT, Store
from tests.mirror.conftest import PUBLIC, TODAY
from tests.mirror.signing import signed

BUCKET = "copies"


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def s3(endpoint, monkeypatch):
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=BUCKET)
    yield client
    for name in names(client):
        client.delete_object(Bucket=BUCKET, Key=name)
    client.delete_bucket(Bucket=BUCKET)


def names(client):
    return [one["Key"] for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", ())]


TEXTS = {"index.html": b"<p>one</p>", "ru/a/index.html": b"<p>two</p>", "static/a.woff2": b"\x00\x01"}


class Watched(Store):
    """A store that notes what is asked of it, in order, and may break off."""

    def __init__(self, *args, breaks_at=None, **more):
        super().__init__(*args, **more)
        self.asked, self._breaks_at = [], breaks_at
        self._s3.meta.events.register("before-parameter-build.s3", self._note)

    def _note(self, model, params, **_more):
        self.asked.append((model.name, params.get("Key", "")))
        if len(self.asked) == self._breaks_at:
            raise MirrorError("The line is cut.")

    @property
    def written(self):
        return [asked for asked in self.asked if asked[0] in {"PutObject", "DeleteObjects"}]


def test_everything_is_there_as_a_reader_is_to_get_it(s3, endpoint, tmp_path):
    folder = signed(tmp_path / "site", TEXTS)
    assert Store(BUCKET, "site", endpoint=endpoint).send(folder).put == len(TEXTS)
    page = s3.get_object(Bucket=BUCKET, Key="site/ru/a/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == f"public, max-age={SECONDS_KEPT}, must-revalidate"
    assert page["ContentEncoding"] == "gzip"
    assert gzip.decompress(page["Body"].read()) == TEXTS["ru/a/index.html"]
    assert s3.get_object(Bucket=BUCKET, Key="site/static/a.woff2")["Body"].read() == TEXTS["static/a.woff2"]
    # Taken home, it is a mirror that can be checked.
    home = tmp_path / "home"
    for key in names(s3):
        answer = s3.get_object(Bucket=BUCKET, Key=key)
        data = answer["Body"].read()
        path = home / key.removeprefix("site/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.decompress(data) if answer.get("ContentEncoding") == "gzip" else data)
    assert list(verify_mirror.findings(home, PUBLIC, TODAY)) == []


def test_only_what_changed_is_put_what_was_withdrawn_goes_first_and_the_head_comes_last(
    s3, endpoint, tmp_path
):
    Store(BUCKET, endpoint=endpoint).send(signed(tmp_path / "one", TEXTS))
    s3.put_object(Bucket=BUCKET, Key="left-behind.html", Body=b"of a transfer that broke off")
    later = {"index.html": b"<p>another</p>", "static/a.woff2": TEXTS["static/a.woff2"]}
    store = Watched(BUCKET, endpoint=endpoint)
    sent = store.send(signed(tmp_path / "two", later))
    assert (sent.removed, sent.put) == (2, 1)
    assert store.written[0][0] == "DeleteObjects"
    assert [key for _name, key in store.written[1:]] == [
        "index.html",
        verify_mirror.FILES,
        verify_mirror.WITHDRAWN,
        verify_mirror.HEAD,
    ]
    assert set(names(s3)) == set(later) | verify_mirror.OWN


def test_a_transfer_that_breaks_off_leaves_the_signed_head_of_before_and_the_next_one_mends_it(
    s3, endpoint, tmp_path
):
    Store(BUCKET, endpoint=endpoint).send(signed(tmp_path / "one", TEXTS))
    head = s3.get_object(Bucket=BUCKET, Key=verify_mirror.HEAD)["Body"].read()
    changed = signed(tmp_path / "two", {name: text + b"!" for name, text in TEXTS.items()})
    # The fourth thing asked is the second object: one is new by then.
    with pytest.raises(MirrorError, match="cut"):
        Watched(BUCKET, endpoint=endpoint, breaks_at=4).send(changed)
    assert s3.get_object(Bucket=BUCKET, Key=verify_mirror.HEAD)["Body"].read() == head
    assert Store(BUCKET, endpoint=endpoint).send(changed).put == len(TEXTS)
    assert Store(BUCKET, endpoint=endpoint).send(changed).put == 0


def test_a_store_that_refuses_is_told_in_one_sentence(s3, endpoint, tmp_path):
    with pytest.raises(MirrorError, match="did not take the mirror"):
        Store("no-such-bucket", endpoint=endpoint).send(signed(tmp_path / "one", TEXTS))
