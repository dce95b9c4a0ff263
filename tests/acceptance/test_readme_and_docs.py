"""What the README and the documentation tell readers to type works as they show it."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from flowengine.cli.program import program
from tests.acceptance.documents import REPOSITORY, actions_of, differences

PAGES = [
    REPOSITORY / "README.md",
    REPOSITORY / "CONTRIBUTING.md",
    *sorted((REPOSITORY / "docs").rglob("*.md")),
]
NAMES = [str(page.relative_to(REPOSITORY)) for page in PAGES]
#: `$SHOP` is a server's database: such a page has a test of its own.
RUN = [
    page
    for page in PAGES
    if actions_of(page) and "$SHOP" not in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path) -> None:
    assert differences(page, tmp_path) == []


def test_the_readme_and_the_tutorial_are_run() -> None:
    run = {str(page.relative_to(REPOSITORY)) for page in RUN}

    assert {"README.md", "docs/tutorial/first-process.md"} <= run


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_on_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = _commands(program)

    named = re.findall(r"(?:^\$ |`|bin/)flowengine ([a-z]+(?: [a-z]+)?)", text, re.M)
    unknown = [
        name for name in named if name not in known and name.split()[0] not in known
    ]

    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_make_target_on_a_page_exists(page: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))

    named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.M)

    assert set(named) <= targets


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_on_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    links += re.findall(r'src="([^"]+)"', page.read_text(encoding="utf-8"))

    broken = [
        link
        for link in links
        if "://" not in link and not (page.parent / link).resolve().exists()
    ]

    assert broken == []


def test_the_plain_commands_of_the_readme_are_what_make_does() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "demo", "test"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    lines = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", readme, re.M | re.S)
        for line in block.splitlines()
        if line.startswith(".venv/bin/")
    ]

    assert len(lines) == 3
    assert [line for line in lines if line not in planned] == []


def _commands(group: click.Group, before: str = "") -> set[str]:
    context = click.Context(group)
    names: set[str] = set()
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        names.add(f"{before}{name}")
        if isinstance(command, click.Group):
            names |= _commands(command, f"{before}{name} ")
    return names
