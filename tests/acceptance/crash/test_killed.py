"""`kill -9` of everything under load: the acknowledged is there, once, and all ends."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.crash.aftermath import assert_all_is_right
from tests.acceptance.crash.crowd import ROUNDS, Crowd, prepare
from tests.acceptance.crash.proxy import Proxy
from tests.acceptance.crash.server import DoomedServer

pytestmark = pytest.mark.timeout(120 + 20 * ROUNDS)


@pytest.fixture
def server() -> Iterator[DoomedServer]:
    """A server that may be killed, with a database where everybody can begin."""
    started = DoomedServer()
    prepare(started.address())
    yield started
    started.stop()


def wait_for_more(crowd: Crowd, than: int) -> int:
    """Wait until more was acknowledged; how much there is now."""
    end = time.monotonic() + 60
    while (count := len(crowd.acknowledged())) <= than:
        assert time.monotonic() < end, crowd.errors()
        time.sleep(0.05)
    return count


def test_programs_on_one_file_that_are_killed_lose_and_double_nothing(
    tmp_path: Path,
) -> None:
    address = str(tmp_path / "crash.db")
    prepare(address)

    with Crowd(address, tmp_path) as crowd:
        for _ in range(ROUNDS):
            wait_for_more(crowd, len(crowd.acknowledged()) + 5)
            time.sleep(crowd.seconds(0, 0.3))
            crowd.kill_one()
        assert crowd.ended() == {}

    assert_all_is_right(address, crowd.acknowledged())


def test_programs_and_a_server_that_are_killed_lose_and_double_nothing(
    server: DoomedServer, tmp_path: Path
) -> None:
    with Crowd(server.address(), tmp_path) as crowd:
        for number in range(ROUNDS):
            wait_for_more(crowd, len(crowd.acknowledged()) + 5)
            time.sleep(crowd.seconds(0, 0.3))
            crowd.kill_one()
            if number % 2:
                server.kill()
            else:
                server.kill_a_backend(crowd.seconds(0, 1))

    assert_all_is_right(server.address(), crowd.acknowledged())


def test_programs_go_on_by_themselves_after_the_server_was_restarted(
    server: DoomedServer, tmp_path: Path
) -> None:
    with Crowd(server.address(), tmp_path) as crowd:
        count = wait_for_more(crowd, 20)
        for mode in ("fast", "immediate") * (ROUNDS // 10):
            server.restart(mode)
            count = wait_for_more(crowd, count + 20)
            assert crowd.ended() == {}

    assert_all_is_right(server.address(), crowd.acknowledged())


def test_programs_go_on_by_themselves_after_the_network_was_cut(
    server: DoomedServer, tmp_path: Path
) -> None:
    proxy = Proxy(server.socket)
    address = f"postgresql://postgres@127.0.0.1:{proxy.port}/crash"

    with Crowd(address, tmp_path) as crowd:
        count = wait_for_more(crowd, 20)
        for _ in range(ROUNDS):
            time.sleep(crowd.seconds(0, 0.3))
            assert proxy.cut() > 0
            count = wait_for_more(crowd, count + 5)
        assert crowd.ended() == {}
    proxy.close()

    assert_all_is_right(server.address(), crowd.acknowledged())
