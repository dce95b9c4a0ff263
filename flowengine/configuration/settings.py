"""Which settings there are: their names, forms and defaults."""

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """How a setting is written."""

    TEXT = "text"
    TEXTS = "list of texts"
    COUNT = "whole number"
    DURATION = "duration"
    YES_NO = "true or false"


class Setting(NamedTuple):
    """One setting."""

    #: As in the file, the section before the dot.
    key: str
    form: Form
    #: As it would be written; None has no value.
    default: object
    #: What it says, in one line.
    about: str

    @property
    def variable(self) -> str:
        """The environment variable that says it."""
        return f"FLOWENGINE_{self.key.replace('.', '_').upper()}"


class Table(NamedTuple):
    """A section whose keys are names of the installation's own; only in files."""

    section: str
    key: str
    about: str


SETTINGS = (
    Setting("db", Form.TEXT, "flowengine.db", "The database: a file or an address"),
    Setting("lang", Form.TEXT, "en", "Language of titles, texts and mails: en or lv"),
    Setting("user", Form.TEXT, None, "Who acts"),
    Setting(
        "stock", Form.TEXT, None, "A CSV file `sku,quantity` of what is on the shelves"
    ),
    Setting("mail.host", Form.TEXT, None, "The SMTP server; without one no mail goes"),
    Setting("mail.port", Form.COUNT, 587, "Its port"),
    Setting("mail.from", Form.TEXT, "flowengine@localhost", "Who writes the mails"),
    Setting("mail.user", Form.TEXT, None, "Who logs in; without one nobody does"),
    Setting(
        "mail.password_env", Form.TEXT, None, "The variable that holds the password"
    ),
    Setting("mail.starttls", Form.YES_NO, True, "Whether the way is encrypted"),
    Setting("webhook.url", Form.TEXT, None, "Where notices are posted"),
    Setting(
        "webhook.secret_env",
        Form.TEXT,
        None,
        "The variable that holds the key they are signed with",
    ),
    Setting(
        "http.allow",
        Form.TEXTS,
        (),
        "Hosts that `http` may call; `http://host:port` allows one without encryption",
    ),
    Setting(
        "http.personal", Form.TEXTS, (), "Those of them that get personal values too"
    ),
    Setting(
        "worker.threads", Form.COUNT, 4, "How many automations a worker does at once"
    ),
    Setting("worker.timeout", Form.DURATION, "30s", "How long one automation may take"),
    Setting("worker.attempts", Form.COUNT, 8, "How often it is tried in all"),
    Setting(
        "worker.first_pause", Form.DURATION, "1s", "Before the second attempt; doubles"
    ),
    Setting("worker.longest_pause", Form.DURATION, "10m", "And grows no longer"),
    Setting(
        "worker.poll",
        Form.DURATION,
        "5s",
        "How long a worker rests when nothing is due",
    ),
)

TABLES = (
    Table("notify", "ROLE", "The address of a role or department, instead of people's"),
    Table("http.tokens", "HOST", "The variable that holds the token a host wants"),
    Table(
        "automations",
        "NAME",
        "The function of `python NAME`: `package.module:function`",
    ),
)
