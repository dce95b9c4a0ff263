"""The reference processes: they travel in the wheel, and lie in a checkout."""

from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

from flowengine.errors import NotFound

#: Their names, in the order in which they are shown.
REFERENCE_PROCESSES = (
    "order-to-delivery",
    "express",
    "repackaging",
    "return",
    "inbound",
    "cross-dock",
    "shipment",
)


def reference_text(name: str) -> str:
    """The text of a reference process.

    Raises:
        NotFound: There is none of that name.
    """
    if name not in REFERENCE_PROCESSES:
        known = ", ".join(REFERENCE_PROCESSES)
        raise NotFound(f"Expected a reference process ({known}), but got {name}.")
    return (_folder() / f"{name}.yaml").read_text(encoding="utf-8")


def _folder() -> Traversable:
    """Where the files lie: in the wheel `demo/processes`, in a checkout its root."""
    packed = files("flowengine.demo") / "processes"
    if packed.is_dir():
        return packed
    return Path(str(files("flowengine"))).parent / "processes"
