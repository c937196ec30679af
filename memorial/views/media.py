"""Public photos, where no web server before us hands them out."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from memorial.base.photos import public_storage
from memorial.base.public_pages import briefly_kept

PHOTO: Final = r"photos/[0-9a-f]{24}-[0-9]{2,4}\.(?:avif|webp|jpg)"
_TYPES: Final = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg"}


@require_safe
@briefly_kept
def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a published photo. Hidden ones have no file; raises Http404 for these and all else.

    Kept briefly, not for ever as hashed files are: a photo that is hidden must be gone in a minute.
    """
    try:
        file = public_storage().open(name)
    except FileNotFoundError:
        raise Http404
    except OSError:  # a store that is away; the page beside it is whole without the picture
        return HttpResponse("not now\n", status=503, content_type="text/plain")
    return FileResponse(file, content_type=_TYPES[PurePosixPath(name).suffix])
