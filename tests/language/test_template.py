"""The text of a new process."""

import pytest

from flowengine.errors import InvalidInput
from flowengine.language import new_process, read_process
from flowengine.net.check import check_text


def test_a_new_process_checks_clean() -> None:
    checked = check_text(new_process("my-process"), "my-process.yaml")

    assert checked.problems == ()
    assert checked.net is not None


def test_a_new_process_has_the_name_it_was_given() -> None:
    process = read_process(new_process("my-process"), "my-process.yaml").process

    assert process is not None
    assert process.name == "my-process"
    assert process.title.en == "My process"


@pytest.mark.parametrize("name", ["", "my process", "../etc", "1st", "ķermenis"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="Expected an id"):
        new_process(name)
