"""How gunicorn serves, in the container and on a server. Addresses and sizes come from the environment."""

import os
from pathlib import Path

from memorial.logs import formatter

wsgi_app = "memorial.wsgi:application"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once, before the workers: less memory, and a wrong environment ends the server with its
# one sentence and code 2 instead of restarting workers for ever.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
# In memory where possible: the root file system may be read-only.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# gunicorn's own control socket would want a writable home.
control_socket_disable = True
# No header from outside says what the scheme or the client is: one forged header once turned a
# cacheable page into a redirect.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
# Readers leave no trace: no access log, and the error log goes through the same formatter as Django's.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": formatter()},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Warns at every HEAD request that Django answers with a body, which gunicorn drops as it should.
        "gunicorn.http": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
