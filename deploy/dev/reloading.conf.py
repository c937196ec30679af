"""gunicorn for `make run`: as on a server, but it loads changed code and pages anew."""

from pathlib import Path
from runpy import run_path

_ROOT = Path(__file__).resolve().parent.parent.parent
_server = run_path(str(_ROOT / "deploy" / "gunicorn.conf.py"))
globals().update({name: value for name, value in _server.items() if name[0] != "_"})
preload_app = False  # or a change would not reach the workers
reload = True
# Templates are kept in memory by the workers; changing one restarts them.
reload_extra_files = [str(path) for path in (_ROOT / "templates").rglob("*.html")]
workers = 2
_server["logconfig_dict"]["loggers"]["gunicorn.error"]["level"] = "ERROR"
