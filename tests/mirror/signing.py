"""A small signed mirror of given files, without a site."""

from django.utils import timezone

from memorial.mirror.ledger import Made
from memorial.mirror.manifest import Head, digest, write_manifest
from tests.mirror.conftest import KEY
from tests.pages.world import TODAY


def signed(folder, texts):
    """Writes these files and the manifest that says they are all."""
    made = []
    for name, text in sorted(texts.items()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
        made.append(Made(name, digest(text), len(text)))
    write_manifest(folder, made, {}, Head(timezone.now(), TODAY, "https://example.org"), KEY)
    return folder
