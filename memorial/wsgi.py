"""What gunicorn serves."""

from __future__ import annotations

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from memorial.errors import Misconfigured, refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
# A page may not hold a worker for ever; a migration may take as long as it takes.
os.environ.setdefault("WEB_PROCESS", "1")


def _application() -> WSGIHandler:
    try:
        return get_wsgi_application()
    except Misconfigured as error:
        refuse(error)


application = _application()
