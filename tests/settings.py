"""Settings of a test run: the house's own in the environment of tests, quick where safety costs time."""

from tests import environment

environment.prepare()

from nafida.settings import *  # noqa: E402, F403
from nafida.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# Tests write the very database that the settings name, so that a process started by a test finds it.
# The cache's own file has no table of an app, so it needs no migrations.
for _alias, _database in DATABASES.items():
    _database["TEST"] = {"NAME": str(_database["NAME"]), "MIGRATE": _alias == "default"}
    if _database["ENGINE"] == "nafida.sqlite":
        _careful = _database["OPTIONS"]["init_command"]
        _careless = _careful.replace("synchronous=FULL", "synchronous=OFF")
        _database["OPTIONS"] = {**_database["OPTIONS"], "init_command": _careless}

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
