"""Settings of the commands that run on a machine with nothing but the code: no database, no secret, no site.

`manage.py` takes them for the commands named here, whatever the environment says (docs/donations.md).
"""

from typing import Any, Final

COMMANDS: Final = frozenset({"make_payment_key", "sign_payment_details", "verify_payment_set"})

INSTALLED_APPS = ["donations.signing"]
DATABASES: dict[str, Any] = {}
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
