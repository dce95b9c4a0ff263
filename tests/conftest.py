"""How every test runs: known examples, a clean environment, no silent skips."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import hypothesis
import pytest

import flowengine
from tests import servers

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.txt")

#: Set by `.ci/run`: what is missing there is a fault, not a reason to skip.
IN_CI = bool(os.environ.get("FLOWENGINE_CI"))

#: The settings of the tests themselves. Every other FLOWENGINE_* belongs to whoever
#: runs them and must not change what they test.
OUR_SETTINGS = (
    "FLOWENGINE_CI",
    "FLOWENGINE_EXAMPLES",
    "FLOWENGINE_SCENARIOS",
    servers.VARIABLE,
)

#: Which examples property tests take: the same every time, random, or very many.
PROFILE = os.environ.get("FLOWENGINE_EXAMPLES") or ("ci" if IN_CI else "local")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("local", deadline=None, print_blob=True)
hypothesis.settings.register_profile(
    "soak", deadline=None, print_blob=True, max_examples=5_000
)


class Skips:
    """Collects skipped tests; in CI one that is not allowed fails the run."""

    def __init__(self) -> None:
        self._allowed = _allowed_skips(ALLOWED_SKIPS.read_text(encoding="utf-8"))
        self.not_allowed: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that skips itself."""
        self._remember(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that was skipped."""
        self._remember(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that passed only because something was left out."""
        if IN_CI and self.not_allowed:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """List what was skipped and is not in `allowed_skips.txt`."""
        if self.not_allowed:
            terminalreporter.section("skipped, and not in tests/allowed_skips.txt")
            for line in self.not_allowed:
                terminalreporter.line(line)

    def _remember(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if not report.skipped or not isinstance(report.longrepr, tuple):
            return
        path = report.nodeid.split("::")[0]
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        if not any(
            fnmatch(path, pattern) and reason.startswith(start)
            for pattern, start in self._allowed
        ):
            self.not_allowed.append(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples, clean the environment, watch for skips."""
    if not __debug__:
        raise pytest.UsageError("Expected asserts to run, but python -O drops them.")
    hypothesis.settings.load_profile(PROFILE)
    for name in [name for name in os.environ if name.startswith("FLOWENGINE_")]:
        if name not in OUR_SETTINGS:
            del os.environ[name]
    # Nor may the settings of whoever runs them: there is nothing in that folder.
    os.environ["XDG_CONFIG_HOME"] = str(Path(__file__).with_name("no-settings"))
    if not hasattr(config, "workerinput"):  # a worker's reports reach its controller
        config.pluginmanager.register(Skips(), "skips")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database may be made, of each kind; afterwards it is gone.

    A test for one kind says `parametrize("address", ["sqlite"], indirect=True)`.
    """
    if request.param == "sqlite":
        yield str(tmp_path / "shop.db")
        return
    made = servers.new_address()
    yield made
    servers.drop(made)


def pytest_report_header() -> list[str]:
    """Say what makes this run differ from another."""
    seed = "the same every time" if PROFILE == "ci" else "random, printed on failure"
    return [
        f"flowengine: {flowengine.__version__} in {Path(flowengine.__file__).parent}",
        f"property tests: profile {PROFILE}, seed {seed}",
    ]


def _allowed_skips(text: str) -> list[tuple[str, str]]:
    """Path patterns and how their reasons start; those outside CI only there."""
    pairs: list[tuple[str, str]] = []
    everywhere = True
    for line in text.splitlines():
        if line.startswith("["):
            everywhere = line == "[everywhere]"
        elif line and not line.startswith("#") and (everywhere or not IN_CI):
            pattern, _, reason = line.partition(": ")
            pairs.append((pattern, reason))
    return pairs
