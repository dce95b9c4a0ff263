"""A skipped test that nobody has allowed fails the run in CI, and only there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shape.sources import REPOSITORY

ALLOWED = "the shared data are not beside the repository"


@pytest.mark.parametrize(
    ("reason", "ci", "expected"),
    [
        ("no database here", "1", pytest.ExitCode.TESTS_FAILED),
        ("no database here", "", pytest.ExitCode.OK),
        (ALLOWED, "1", pytest.ExitCode.OK),
    ],
)
def test_a_skip_that_is_not_listed_fails_the_run_in_ci(
    tmp_path: Path, reason: str, ci: str, expected: pytest.ExitCode
) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    for name in ("conftest.py", "allowed_skips.txt"):
        shutil.copy(REPOSITORY / "tests" / name, tests)
    (tests / "test_one.py").write_text(
        f"import pytest\n\ndef test_one():\n    pytest.skip({reason!r})\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", tmp_path, tests],
        cwd=tmp_path,
        env=os.environ | {"FLOWENGINE_CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (expected, "")
    assert ("not in tests/allowed_skips.txt" in done.stdout) == (reason != ALLOWED)
