"""Settings: what is said first counts, and everything wrong is told at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from flowengine.configuration import Configuration, read_configuration
from flowengine.errors import InvalidInput
from flowengine.quantities import MINUTE, SECOND

WHOLE = """\
db = "shop.db"
lang = "lv"

[mail]
host = "mail.example.com"
from = "orders@example.com"
user = "orders"
password_env = "MAIL_LOGIN"

[notify]
finance = "invoices@example.com"

[http]
allow = ["labels.example.com"]

[http.tokens]
"labels.example.com" = "LABELS_TOKEN"

[automations]
choose-box = "boxes:choose"

[worker]
timeout = "2m"
"""


def read(
    folder: Path,
    text: str = "",
    flags: Mapping[str, str] | None = None,
    /,
    **known: str,
) -> Configuration:
    """The settings of a folder with one file in it, and nothing else around."""
    if text:
        (folder / "flowengine.toml").write_text(text, encoding="utf-8")
    environment = {"HOME": str(folder / "home"), **known}
    return read_configuration(flags or {}, folder=folder, environment=environment)


def refused(folder: Path, text: str, **known: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        read(folder, text, **known)
    return str(caught.value)


def test_without_anything_said_the_defaults_hold(tmp_path: Path) -> None:
    found = read(tmp_path)

    assert (found.db, found.lang, found.user) == ("flowengine.db", "en", None)
    assert found.mail is None
    assert found.webhook is None
    assert found.worker.attempts == 8
    assert set(found.origins.values()) == {"default"}


def test_a_file_says_everything(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)

    assert (found.db, found.lang) == ("shop.db", "lv")
    assert found.mail is not None
    assert found.mail.sender == "orders@example.com"
    assert found.notify == {"finance": "invoices@example.com"}
    assert found.http.allow == ("labels.example.com",)
    assert found.http.tokens == {"labels.example.com": "LABELS_TOKEN"}
    assert found.automations == {"choose-box": "boxes:choose"}
    assert found.worker.timeout == 2 * MINUTE
    assert found.worker.first_pause == SECOND


def test_a_flag_comes_before_a_variable_before_a_file_before_the_users_own(
    tmp_path: Path,
) -> None:
    own = tmp_path / "home" / ".config" / "flowengine" / "flowengine.toml"
    own.parent.mkdir(parents=True)
    own.write_text('user = "ilze"\nlang = "lv"\nstock = "a.csv"\n', encoding="utf-8")

    found = read(
        tmp_path,
        'lang = "en"\nstock = "b.csv"\ndb = "b.db"\n',
        {"db": "flag.db"},
        FLOWENGINE_STOCK="c.csv",
        FLOWENGINE_DB="c.db",
    )

    assert (found.db, found.stock, found.lang, found.user) == (
        "flag.db",
        "c.csv",
        "en",
        "ilze",
    )
    assert {key: found.origins[key] for key in ("db", "stock", "lang", "user")} == {
        "db": "--db",
        "stock": "FLOWENGINE_STOCK",
        "lang": str(tmp_path / "flowengine.toml"),
        "user": str(own),
    }


def test_a_section_may_be_said_by_variables(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        FLOWENGINE_MAIL_HOST="localhost",
        FLOWENGINE_MAIL_PORT="25",
        FLOWENGINE_MAIL_STARTTLS="false",
        FLOWENGINE_HTTP_ALLOW="a.example.com, b.example.com",
    )

    assert found.mail is not None
    assert (found.mail.port, found.mail.starttls) == (25, False)
    assert found.http.allow == ("a.example.com", "b.example.com")


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = refused(
        tmp_path,
        'lang = "de"\ndatabse = "x"\n[mail]\nport = "many"\n[notify]\nboss = 3\n',
        FLOWENGINE_WORKER_TIMEOUT="soon",
    )

    file = str(tmp_path / "flowengine.toml")
    assert f"{file}: lang: Expected en or lv" in text
    assert f"{file}: Expected a setting, but there is no databse" in text
    assert f"{file}: mail.port: Expected a number from 1 to 65535" in text
    assert f"{file}: notify.boss: Expected a text" in text
    assert "FLOWENGINE_WORKER_TIMEOUT: worker.timeout:" in text


def test_a_slip_in_a_key_names_the_one_that_was_meant(tmp_path: Path) -> None:
    assert "did you mean mail.host?" in refused(tmp_path, '[mail]\nhosst = "x"\n')


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    assert "Expected TOML" in refused(tmp_path, "lang = \n")


def test_a_secret_is_read_when_it_is_used_and_stands_in_no_text(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, WHOLE, MAIL_LOGIN="s3cret")

    assert found.mail is not None
    assert found.secret(found.mail.password_env) == "s3cret"
    assert "s3cret" not in repr(found)
    assert found.secrets() == ("s3cret",)


def test_a_secret_that_is_not_set_is_asked_for_by_the_name_of_its_variable(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, WHOLE)

    with pytest.raises(InvalidInput, match="LABELS_TOKEN"):
        found.secret("LABELS_TOKEN")
