"""Finding the settings: what was said first counts."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from flowengine.configuration.settings import SETTINGS, TABLES, Form, Setting
from flowengine.configuration.values import (
    Configuration,
    Http,
    Mail,
    Webhook,
    WorkerSettings,
)
from flowengine.errors import InvalidInput
from flowengine.loading import Module
from flowengine.locale import LANGUAGES
from flowengine.quantities import Duration, parse_duration

if TYPE_CHECKING:
    import tomllib
else:
    tomllib = Module("tomllib")

FILE_NAME = "flowengine.toml"
#: Where a setting comes from that nobody has said.
DEFAULT = "default"

_NO_FLAGS: Mapping[str, str] = {}
#: Flags that are called otherwise than their setting.
_FLAGS = {"user": "as"}
#: The largest numbers; more threads would only wait for each other.
_MOST = {"worker.threads": 64, "mail.port": 65_535}


def read_configuration(
    flags: Mapping[str, str] = _NO_FLAGS,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Configuration:
    """The settings of this installation.

    `flags` has what the command line said, by key. `folder` is where flowengine.toml
    is looked for, else the current one.

    Raises:
        InvalidInput: A file cannot be read, or settings are wrong; all are named.
    """
    here = Path() if folder is None else folder
    known = os.environ if environment is None else environment
    files = [here / FILE_NAME, user_file(known)]
    layers = [
        _Layer({key: (f"--{_FLAGS.get(key, key)}", flags[key]) for key in flags}),
        _from_environment(known),
        *(_from_file(path) for path in files if path.is_file()),
        _Layer({each.key: (DEFAULT, each.default) for each in SETTINGS}),
    ]
    return _configuration(layers, known)


def user_file(environment: Mapping[str, str]) -> Path:
    """The file of the user's own settings, whether it is there or not."""
    folder = environment.get("XDG_CONFIG_HOME")
    base = Path(folder) if folder else Path(environment.get("HOME") or "~", ".config")
    return base.expanduser() / "flowengine" / FILE_NAME


class _Layer(NamedTuple):
    """Settings of one origin: by key, where each stands and how it is written."""

    said: Mapping[str, tuple[str, object]]
    #: What is wrong in the file, so that all of it is told at once.
    wrong: tuple[str, ...] = ()


def _configuration(
    layers: list[_Layer], environment: Mapping[str, str]
) -> Configuration:
    """The settings of several origins, the first that says one counts.

    Raises:
        InvalidInput: Settings are wrong; all are named, one a line.
    """
    wrong = [text for layer in layers for text in layer.wrong]
    said: dict[str, tuple[str, object]] = {}
    for layer in reversed(layers):
        said |= layer.said
    values: dict[str, object] = {}
    for setting in SETTINGS:
        origin, raw = said[setting.key]
        try:
            values[setting.key] = _typed(setting, raw)
        except InvalidInput as error:
            wrong.append(f"{origin}: {setting.key}: {error}")
    if wrong:
        raise InvalidInput("\n".join(wrong))
    tables = {
        table.section: {
            key.removeprefix(f"{table.section}."): str(raw)
            for key, (_, raw) in said.items()
            if key.startswith(f"{table.section}.") and key not in values
        }
        for table in TABLES
    }
    return replace(
        _assembled(values, tables),
        written={key: raw for key, (_, raw) in said.items()},
        origins={key: origin for key, (origin, _) in said.items()},
        environment=environment,
    )


def _from_environment(environment: Mapping[str, str]) -> _Layer:
    return _Layer(
        {
            each.key: (each.variable, environment[each.variable])
            for each in SETTINGS
            if environment.get(each.variable)
        }
    )


def _from_file(path: Path) -> _Layer:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(
            f"Expected to read {path}, but that is not possible: "
            f"{(error.strerror or type(error).__name__).lower()}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Expected TOML in {path}, but it says: {error}.") from error
    keys = {each.key for each in SETTINGS}
    own = tuple(f"{table.section}." for table in TABLES)
    said: dict[str, tuple[str, object]] = {}
    wrong: list[str] = []
    for key, value in _leaves(written):
        if key in keys or (key.startswith(own) and isinstance(value, str)):
            said[key] = (str(path), value)
        elif key.startswith(own):
            wrong.append(f"{path}: {key}: Expected a text, but got {value!r:.60}.")
        else:
            wrong.append(f"{path}: {_unknown(key, keys)}")
    return _Layer(said, tuple(wrong))


def _leaves(
    written: Mapping[str, object], before: str = ""
) -> Iterator[tuple[str, object]]:
    """Values of nested sections by dotted key; names of tables may hold dots."""
    for name, value in written.items():
        key = f"{before}{name}"
        if isinstance(value, dict):
            yield from _leaves(cast("dict[str, object]", value), f"{key}.")
        else:
            yield key, value


def _unknown(key: str, keys: set[str]) -> str:
    # The language is large, and needed here only where somebody has slipped.
    from flowengine.language.near import near_name  # noqa: PLC0415 - see above

    meant = near_name(key, keys, 0.6)
    hint = f"did you mean {meant}?" if meant else "see `flowengine config show`."
    return f"Expected a setting, but there is no {key}: {hint}"


def _typed(setting: Setting, raw: object) -> object:
    """A setting as its form says.

    Raises:
        InvalidInput: It is of another form.
    """
    if raw is None:
        return None
    found = _READERS[setting.form](setting, raw)
    if found is None:
        raise InvalidInput(f"Expected a {setting.form}, but got {raw!r:.60}.")
    return found


def _text(setting: Setting, raw: object) -> str | None:
    if not isinstance(raw, str):
        return None
    if setting.key == "lang" and raw not in LANGUAGES:
        raise InvalidInput(f"Expected {' or '.join(LANGUAGES)}, but got {raw!r:.60}.")
    if setting.key == "webhook.url" and not raw.startswith(("https://", "http://")):
        raise InvalidInput(f"Expected an address https://…, but got {raw!r:.60}.")
    return raw


def _texts(_setting: Setting, raw: object) -> tuple[str, ...] | None:
    if isinstance(raw, str):
        return tuple(raw.replace(",", " ").split())
    if isinstance(raw, list | tuple) and all(isinstance(one, str) for one in raw):
        return tuple(raw)
    return None


def _count(setting: Setting, raw: object) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return None
    text = str(raw)
    most = _MOST.get(setting.key, 1_000)
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise InvalidInput(f"Expected a number from 1 to {most}, but got {text:.60}.")
    return int(text)


def _duration(_setting: Setting, raw: object) -> Duration | None:
    if not isinstance(raw, str):
        return None
    found = parse_duration(raw)
    if found <= 0:
        raise InvalidInput(f"Expected a duration over 0, but got {raw:.60}.")
    return found


def _yes_no(_setting: Setting, raw: object) -> bool | None:
    if isinstance(raw, str):
        return {"true": True, "false": False}.get(raw)
    return raw if isinstance(raw, bool) else None


_READERS: Mapping[Form, Callable[[Setting, object], object]] = {
    Form.TEXT: _text,
    Form.TEXTS: _texts,
    Form.COUNT: _count,
    Form.DURATION: _duration,
    Form.YES_NO: _yes_no,
}


def _assembled(
    values: Mapping[str, object],
    tables: Mapping[str, Mapping[str, str]],
) -> Configuration:
    """The values under their names; sections without what they need are not there."""

    def text(key: str) -> str | None:
        return cast("str | None", values[key])

    def of(section: str) -> dict[str, object]:
        return {
            key.partition(".")[2]: value
            for key, value in values.items()
            if key.startswith(f"{section}.")
        }

    mail, webhook = text("mail.host"), text("webhook.url")
    return Configuration(
        db=text("db") or "",
        lang=text("lang") or "",
        user=text("user"),
        stock=text("stock"),
        mail=_mail(of("mail")) if mail else None,
        webhook=Webhook(webhook, text("webhook.secret_env")) if webhook else None,
        http=Http(
            cast("tuple[str, ...]", values["http.allow"]),
            cast("tuple[str, ...]", values["http.personal"]),
            tables["http.tokens"],
        ),
        worker=_worker(of("worker")),
        notify=tables["notify"],
        automations=tables["automations"],
    )


def _mail(values: dict[str, object]) -> Mail:
    return Mail(
        host=str(values["host"]),
        port=cast("int", values["port"]),
        sender=str(values["from"]),
        user=cast("str | None", values["user"]),
        password_env=cast("str | None", values["password_env"]),
        starttls=bool(values["starttls"]),
    )


def _worker(values: dict[str, object]) -> WorkerSettings:
    return WorkerSettings(
        threads=cast("int", values["threads"]),
        timeout=cast("Duration", values["timeout"]),
        attempts=cast("int", values["attempts"]),
        first_pause=cast("Duration", values["first_pause"]),
        longest_pause=cast("Duration", values["longest_pause"]),
        poll=cast("Duration", values["poll"]),
    )
