from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection

from memorial.base.photos import public_storage
from memorial.environment import security_contact
from memorial.errors import Misconfigured
from memorial.views.plain import expires_after
from tests.factories import PrisonerFactory


@pytest.fixture
def broken_database():
    def refuse(*_args):
        raise OperationalError("password of owner@db-17 refused")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_robots_names_the_sitemap_and_not_the_office(reader, settings):
    text = reader.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
    assert settings.ADMIN_PATH.strip("/") not in text
    assert "Disallow" not in text


@pytest.mark.django_db
def test_the_host_name_of_a_request_is_not_believed(reader, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/robots.txt", "/.well-known/security.txt", "/ru/"):
        assert b"evil.example" not in reader.get(path, headers={"Host": "evil.example"}).content


@pytest.mark.django_db
def test_security_txt_has_what_the_rfc_asks_for(reader):
    response = reader.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@localhost"
    assert fields["Expires"] == "2027-01-01T00:00:00Z"
    assert fields["Canonical"] == "http://localhost:8000/.well-known/security.txt"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 1), datetime(2027, 1, 1, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 12, 1, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2027, 2, 1, tzinfo=UTC)),
    ],
)
def test_security_txt_expires_on_a_day_that_does_not_move_within_a_month(day, expected):
    assert expires_after(day) == expected


def test_security_contact_is_checked(monkeypatch):
    monkeypatch.setenv("SECURITY_CONTACT", "https://example.org/report")
    assert security_contact("https://x.org") == "https://example.org/report"
    for wrong in ("security@example.org", "mailto:a b", "javascript:x"):
        monkeypatch.setenv("SECURITY_CONTACT", wrong)
        with pytest.raises(Misconfigured):
            security_contact("https://x.org")


@pytest.mark.django_db
def test_healthz_does_not_need_the_database(reader, broken_database):
    response = reader.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_reads_the_tables(reader):
    assert reader.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_that_the_database_is_away_and_not_where(reader, broken_database):
    response = reader.get("/readyz")
    assert response.status_code == 503
    assert b"database" in response.content
    assert b"db-17" not in response.content


@pytest.mark.django_db
def test_photo_is_served_briefly_and_only_as_what_it_is(reader):
    name = "photos/" + "0a" * 12 + "-480.avif"
    public_storage().save(name, ContentFile(b"pixels"))
    response = reader.get(f"/media/{name}")
    assert b"".join(response.streaming_content) == b"pixels"
    assert response.headers["Content-Type"] == "image/avif"
    assert response.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    public_storage().delete(name)
    assert reader.get(f"/media/{name}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "photos/",
        "photos/../../settings.py",
        "originals/aa/x.jpg",
        "photos/" + "0a" * 12 + "-480.svg",
        "../x",
        "photos/" + "0a" * 12 + "-480.avif/",
        "photos/%2e%2e/x.jpg",
        "photos/" + "0A" * 12 + "-480.avif",
    ],
)
def test_nothing_but_public_photos_is_served(reader, name):
    assert reader.get(f"/media/{name}").status_code in (404, 400)


@pytest.mark.django_db
def test_a_portrait_is_offered_in_every_size_and_format(reader):
    from prisoners.models import Photo

    person = PrisonerFactory(slug="with-photo")
    stem = "0b" * 12
    Photo.objects.create(prisoner=person, stem=stem, alt_ru="Тимур у реки", credit_ru="архив семьи")
    Photo.objects.create(prisoner=person, stem="", alt_ru="ещё не опубликованная")
    page = reader.get("/ru/prisoners/with-photo/").content.decode()
    for size in (240, 480):
        for ending in ("avif", "webp", "jpg"):
            assert f"/media/photos/{stem}-{size}.{ending}" in page
    assert 'alt="Тимур у реки"' in page
    assert "архив семьи" in page
    assert "ещё не опубликованная" not in page
    assert 'alt="" loading="lazy"' in reader.get("/ru/prisoners/").content.decode()
    english = reader.get("/en/prisoners/with-photo/").content.decode()
    assert 'alt="Тимур у реки" lang="ru"' in english
