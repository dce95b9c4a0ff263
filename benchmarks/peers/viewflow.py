"""Viewflow: its own flow of user tasks, in Django on SQLite or PostgreSQL.

A completion does what its views do: find the task, assign it to the person, start it
and execute it, in one transaction under the flow's lock. Its pages are left out, and
Django's requests with them.
"""

import importlib
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

from benchmarks.peers.measuring import CLERK, Setup, main, order


class Viewflow:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        settings.configure(
            DATABASES={"default": _database(setup)},
            INSTALLED_APPS=[
                "django.contrib.auth",
                "django.contrib.contenttypes",
                "viewflow",
                "viewflow.workflow",
                "benchmarks.peers",
            ],
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
        )
        django.setup()
        management = importlib.import_module("django.core.management")
        management.call_command("migrate", verbosity=0)
        models = importlib.import_module("django.contrib.auth.models")
        self._user = models.User.objects.create_user(CLERK)
        self._flow = importlib.import_module(
            "benchmarks.peers.viewflow_flow"
        ).StandardWork
        self._processes: list[int] = []

    def open(self, number: int) -> None:
        """A process at its first task."""
        self._flow.start.run(data=order(number))
        process = self._flow.process_class.objects.order_by("-pk").first()
        self._processes.append(process.pk)

    def complete(self, step: str) -> None:
        """Assign, start and execute the task of every order."""
        node = getattr(self._flow, step)
        request = SimpleNamespace(user=self._user)
        for process in self._processes:
            with self._flow.lock(process):
                task = self._flow.task_class.objects.get(
                    process_id=process, flow_task=node, status="NEW"
                )
                activation = node.activation_class(task)
                activation.assign(self._user)
                activation.start(request)
                activation.execute()

    def settle(self) -> None:
        """Nothing runs by itself."""

    def finished(self) -> int:
        """Processes that are done."""
        done = self._flow.process_class.objects.filter(status="DONE")
        return int(done.count())

    def close(self) -> None:
        """Close the connection."""
        importlib.import_module("django.db").connections.close_all()


def _database(setup: Setup) -> dict[str, object]:
    if setup.address is None:
        pragmas = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={setup.synchronous};"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(setup.path),
            "OPTIONS": {"init_command": pragmas, "transaction_mode": "IMMEDIATE"},
        }
    address = urlsplit(setup.address)
    hosts = parse_qs(address.query).get("host", [address.hostname or ""])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": address.username or "",
        "PASSWORD": address.password or "",
        "HOST": hosts[0],
        "PORT": address.port or "",
    }


if __name__ == "__main__":
    main("django-viewflow", Viewflow)
