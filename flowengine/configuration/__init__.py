"""How an installation is set up: flags, environment, flowengine.toml, user's file.

What is said first counts: a flag, then the variable `FLOWENGINE_…`, then
`flowengine.toml` in the current folder, then the one in the user's configuration
folder, then the default. Each value remembers where it came from.

    configuration = read_configuration()
    configuration.mail.host
    configuration.origins["mail.host"]

Secrets stand in no file: a setting that ends in `_env` names the environment variable
that holds one, and it is read when it is used.
"""

from flowengine.configuration.reading import (
    DEFAULT,
    FILE_NAME,
    read_configuration,
    user_file,
)
from flowengine.configuration.settings import SETTINGS, TABLES, Form, Setting, Table
from flowengine.configuration.values import (
    Configuration,
    Http,
    Mail,
    Webhook,
    WorkerSettings,
)

__all__ = [
    "DEFAULT",
    "FILE_NAME",
    "SETTINGS",
    "TABLES",
    "Configuration",
    "Form",
    "Http",
    "Mail",
    "Setting",
    "Table",
    "Webhook",
    "WorkerSettings",
    "read_configuration",
    "user_file",
]
