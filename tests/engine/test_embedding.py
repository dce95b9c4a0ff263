"""A program embeds the engine by one import, and pays for what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

import flowengine
from flowengine import Engine, FlowError, create_database
from flowengine.engine import Engine as SameEngine

#: What takes long to load, and is not needed to import the package.
HEAVY = {"alembic", "flowengine.engine", "flowengine.store", "networkx", "sqlalchemy"}


def loaded_by(statement: str) -> set[str]:
    """Modules that a fresh interpreter has loaded after a statement."""
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_of_it() -> None:
    loaded = loaded_by("import flowengine")

    assert {name for name in loaded if name.startswith("flowengine.")} == set()
    assert loaded & HEAVY == set()


def test_the_engine_is_loaded_when_it_is_asked_for() -> None:
    loaded = loaded_by("from flowengine import Engine")

    assert "flowengine.engine" in loaded
    assert {"alembic", "networkx", "psycopg"} & loaded == set()
    assert Engine is SameEngine


@pytest.mark.parametrize("name", flowengine.__all__)
def test_every_name_that_the_package_offers_is_there(name: str) -> None:
    assert getattr(flowengine, name) is not None


def test_what_the_package_does_not_offer_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Motor'"):
        _ = flowengine.Motor  # type: ignore[attr-defined]  # that is what is shown


def test_a_database_is_made_and_opened_by_the_same_address(tmp_path: Path) -> None:
    address = str(tmp_path / "shop.db")

    with pytest.raises(FlowError, match="make it with `flowengine db init`"):
        Engine(address)
    create_database(address)
    with Engine(address) as engine:
        assert engine.orders() == ()
