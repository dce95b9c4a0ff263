"""The settings of an installation, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.errors import InvalidInput
from flowengine.quantities import MINUTE, SECOND, Duration


@dataclass(frozen=True, slots=True)
class Mail:
    """The SMTP server that mails go through."""

    host: str
    port: int = 587
    sender: str = "flowengine@localhost"
    user: str | None = None
    #: The environment variable that holds the password.
    password_env: str | None = None
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that notices are posted to."""

    url: str
    #: The environment variable that holds the signing key.
    secret_env: str | None = None


@dataclass(frozen=True, slots=True)
class Http:
    """What `http` automations may call."""

    #: `host`, `host:port` for https; `http://host:port` without encryption.
    allow: tuple[str, ...] = ()
    #: Those that are given personal values too.
    personal: tuple[str, ...] = ()
    #: The environment variable that holds a host's token.
    tokens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How a worker works."""

    threads: int = 4
    timeout: Duration = Duration(30 * SECOND)
    attempts: int = 8
    first_pause: Duration = SECOND
    longest_pause: Duration = Duration(10 * MINUTE)
    poll: Duration = Duration(5 * SECOND)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that an installation says about itself."""

    db: str = "flowengine.db"
    lang: str = "en"
    user: str | None = None
    stock: str | None = None
    mail: Mail | None = None
    webhook: Webhook | None = None
    http: Http = Http()
    worker: WorkerSettings = WorkerSettings()
    #: The address of a role or a department, instead of those of its people.
    notify: Mapping[str, str] = field(default_factory=dict)
    #: `package.module:function` by the name that processes call it.
    automations: Mapping[str, str] = field(default_factory=dict)
    #: How each setting is written, by its key; None where it has no value.
    written: Mapping[str, object] = field(default_factory=dict, repr=False)
    #: Where it came from: a flag, a variable, a file, "default".
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Where secrets are, by the name of the variable.
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    def secret(self, variable: str | None) -> str | None:
        """The value of a variable that a setting names; None where none is named.

        Raises:
            InvalidInput: The variable is not set.
        """
        if variable is None:
            return None
        value = self.environment.get(variable)
        if not value:
            raise InvalidInput(
                f"Expected the environment variable {variable} to hold a secret, "
                "but it is not set: set it where the worker runs."
            )
        return value

    def secrets(self) -> tuple[str, ...]:
        """All secrets that are set, so that no text shows one."""
        names = [
            self.mail.password_env if self.mail else None,
            self.webhook.secret_env if self.webhook else None,
            *self.http.tokens.values(),
        ]
        found = (self.environment.get(name) for name in names if name)
        return tuple(value for value in found if value)
