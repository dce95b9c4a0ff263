"""The same words at a terminal give the same answers on SQLite and on PostgreSQL."""

import json
import re
from pathlib import Path

import pytest

from flowengine.cli.session import without_password
from tests import servers
from tests.cli.terminal import PROCESS, Terminal

#: What differs between any two runs: ids, moments and what is counted from them.
_RANDOM = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<digest>"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<case>"),
    (
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
        "<moment>",
    ),
    (re.compile(r'("(?:elapsed|seconds|age|waited|worked)[a-z_]*": )[\d.]+'), r"\1<n>"),
)

ORDER = (
    "--set=number={} --set=customer=Līga --set=total={} --set=priority={} "
    "--set=lines=[]"
)

#: Words of one command, its exit code.
TRANSCRIPT: tuple[tuple[str, int], ...] = (
    ("process add shop.yaml", 0),
    ("process add shop.yaml", 0),
    ("user add anna --role credit --email anna@example.com", 0),
    ("user add juris --role picker", 0),
    ("user add Ķērsta --role picker --role credit", 0),
    ("user list", 0),
    (f"order open shop {ORDER.format('a-1', '12,50', 5)} --as anna", 0),
    (f"order open shop {ORDER.format('B-2', '1250', 5)} --as anna --key k", 0),
    (f"order open shop {ORDER.format('B-2', '1250', 5)} --as anna --key k", 0),
    (f"order open shop {ORDER.format('B-2', '1250', 5)} --as anna", 5),
    (f"order open shop {ORDER.format('ā-3', '7', 9)} --as anna", 0),
    (f"order open shop {ORDER.format('Z-4', '7', 0)} --as anna", 0),
    (f"order open shop {ORDER.format('z-5', 'dear', 0)} --as anna", 4),
    ("task list", 0),
    ("task list --as Ķērsta", 0),
    ("task next --as Ķērsta", 0),
    ("task claim a-1/check --as anna", 0),
    ("task claim a-1/check --as Ķērsta", 5),
    ("task done a-1/check --answer order.credit=ok --as anna --key done", 0),
    ("task done a-1/check --answer order.credit=ok --as anna --key done", 0),
    ("task done a-1/check --answer order.credit=ok --as anna", 5),
    ("task start B-2/check --as anna", 0),
    ("task pause B-2/check --reason lunch --as anna", 0),
    ("task resume B-2/check --as anna", 0),
    ("task assign B-2/check Ķērsta --as anna", 0),
    ("task done B-2/check --answer order.credit=refused --as anna", 5),
    ("task done B-2/check --answer order.credit=refused --as Ķērsta", 0),
    ("task done a-1/pick lost --as juris", 4),
    ("task done a-1/pick ok --as juris", 0),
    ("task list --order a-1", 0),
    ("task done a-1/pack --as juris", 0),
    ("order hold Z-4 address --as anna", 0),
    ("task done Z-4/check --answer order.credit=ok --as anna", 4),
    ("order note Z-4 zvanīt --as anna", 0),
    ("order resume Z-4 --as anna", 0),
    ("order change Z-4 order.total=99 --reason typo --as anna", 0),
    ("order move Z-4 --from check --to pick --reason known --as anna", 0),
    ("task done Z-4/pick short --as juris", 0),
    ("message deliver delivered --match a-1", 0),
    ("message deliver paid --match Z-4 --set order.paid_at=2026-11-22T10:00", 0),
    ("message deliver paid --match Z-9 --set order.paid_at=2026-11-22T10:00", 0),
    ("order cancel ā-3 changed --as anna", 0),
    ("order cancel ā-3 changed --as anna", 5),
    ("task done a-1/papers --as anna", 0),
    ("task done a-1/hand-over --as juris", 0),
    ("worker run --once", 0),
    ("order list", 0),
    ("order list --state closed", 0),
    ("order show a-1", 0),
    ("order show B-2", 0),
    ("order show Z-4", 0),
    ("order show nobody", 3),
    ("order track a-1", 0),
    ("board", 0),
    ("task list --as Ķērsta", 0),
    ("order verify a-1", 0),
    ("db check", 0),
)


def played(address: str, folder: Path) -> list[str]:
    """What each command of the transcript answers."""
    folder.mkdir()
    terminal = Terminal(folder, {"FLOWENGINE_DB": address, "FLOWENGINE_LANG": "lv"})
    path = folder / terminal.write("shop.yaml", PROCESS)
    terminal.done("db", "init")
    answers = []
    for text, code in TRANSCRIPT:
        words = [str(path) if word == path.name else word for word in text.split()]
        result = terminal.run(*words, "--json")
        assert result.exit_code == code, f"{text}: {result.output}"
        if result.stdout:
            json.loads(result.stdout)
        said = result.stdout + result.stderr
        for known in (address, str(without_password(address))):
            said = said.replace(known, "<database>")
        answers.append(f"{text}\n{_steady(said.replace(str(folder), ''))}")
    return answers


def _steady(text: str) -> str:
    for pattern, name in _RANDOM:
        text = pattern.sub(name, text)
    return text


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_transcript_has_the_same_answers_on_both_databases(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    on_sqlite = played(str(tmp_path / "shop.db"), tmp_path / "sqlite")
    servers.make(address)
    on_postgresql = played(address, tmp_path / "postgresql")

    assert len(on_sqlite) == len(TRANSCRIPT)
    for one, other in zip(on_sqlite, on_postgresql, strict=True):
        assert one == other
