"""The site with faults planted in it. Only for showing that the leak test is scanning.

`said` is what a fault gives away; the test puts it there, because the database refuses it to readers.
"""

import base64
import io
import json
import zipfile
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from memorial.urls import handler404, handler500
from memorial.urls import urlpatterns as the_site

__all__ = ["handler404", "handler500", "said", "urlpatterns"]

said = {"word": "", "fault": ""}
hidden_slugs: set[str] = set()

FAULTS = {
    "plain": lambda word: HttpResponse(f"<p>{word}</p>"),
    "in capitals": lambda word: HttpResponse(f"<p>{word.upper()}</p>"),
    "in an attribute": lambda word: HttpResponse(f'<img alt="{word}">'),
    "in a comment": lambda word: HttpResponse(f"<!-- {word} -->"),
    "as entities": lambda word: HttpResponse("".join(f"&#{ord(sign)};" for sign in word)),
    "as entities twice": lambda word: HttpResponse("".join(f"&amp;#x{ord(sign):x};" for sign in word)),
    "per cent": lambda word: HttpResponse(
        f'<a href="https://example.org/?a=%{ord(word[0]):x}{quote(word[1:])}">'
    ),
    "as JSON": lambda word: HttpResponse(json.dumps({"a": word}), content_type="application/json"),
    "as JSON escapes": lambda word: HttpResponse("".join(f"\\u{ord(sign):04x}" for sign in word)),
    "base64": lambda word: HttpResponse(base64.b64encode(f"a long text with {word}".encode())),
    "between tags": lambda word: HttpResponse(f"<b>{word[:3]}</b><i>{word[3:]}</i>"),
    "in a packed file": lambda word: HttpResponse(_packed(word)),
    "folded": lambda word: HttpResponse(f"SUMMARY:{word[:4]}\r\n {word[4:]}", content_type="text/calendar"),
    "soft hyphen": lambda word: HttpResponse(f"{word[:4]}\u00ad{word[4:]}"),
    "in a header": lambda word: HttpResponse("", headers={"X-Served-By": word}),
    "in a file name": lambda word: HttpResponse(
        "", headers={"Content-Disposition": f'attachment; filename="{word}.csv"'}
    ),
    "in a redirect": lambda word: HttpResponse(
        "", status=302, headers={"Location": f"https://example.org/{word}"}
    ),
    "in a 404": lambda word: HttpResponse(word, status=404),
    "a hidden day": lambda word: HttpResponse("<time>4 марта 1866</time>"),
    "a hidden day for machines": lambda word: HttpResponse("DTSTART:18660304T120000Z\r\n"),
    "only behind a link": lambda word: HttpResponse('<a href="/behind/">on</a>'),
}


def _packed(word: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", f"<t>{word}</t>" * 9)
    return target.getvalue()


def planted(request: HttpRequest) -> HttpResponse:
    """Gives a word away, in the way that `said` asks for."""
    return FAULTS[said["fault"]](said["word"]) if said["fault"] else HttpResponse()


def behind(request: HttpRequest) -> HttpResponse:
    """A page that only a link leads to."""
    return HttpResponse(said["word"] if said["fault"] == "only behind a link" else "")


def counts_hidden(request: HttpRequest) -> HttpResponse:
    """A figure made of what is not public."""
    return HttpResponse(f"<p>{said['word'] if said['fault'] == 'counts' else ''} cases wait</p>")


def tells_hidden(request: HttpRequest, slug: str) -> HttpResponse:
    """404 either way, and yet not the same."""
    if slug in hidden_slugs:
        return HttpResponse(status=403)
    raise Http404


urlpatterns = [
    path("planted/", planted, name="planted"),
    path("behind/", behind, name="behind"),
    path("counts/", counts_hidden, name="counts"),
    path("told/<slug:slug>/", tells_hidden, name="told"),
    *the_site,
]
