"""Doing an errand in the world, outside every transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from flowengine.engine.asking import Asked, call_of, notice_of, read_asked
from flowengine.engine.automations import Answer, Failed, call_function, within
from flowengine.engine.automations.addresses import call_address, host_of, is_allowed
from flowengine.engine.automations.mails import send_mail
from flowengine.engine.automations.webhooks import post_notice
from flowengine.engine.opened import Opened
from flowengine.engine.outfit import Outfit
from flowengine.language.parts import AutomationKind
from flowengine.quantities import Instant
from flowengine.store.outbox import NOTIFY, OutboxRow

#: What stands in a reason in place of a secret or a personal value.
_HIDDEN = "***"
#: Shorter words would hide parts of others.
_SHORTEST = 3


def perform(opened: Opened, outfit: Outfit, row: OutboxRow) -> Answer:
    """Do what a row asks, and say how it went; no reason shows a secret.

    It is given up after the time that the configuration allows.
    """
    at = opened.now()
    with opened.database.reading() as connection:
        asked = read_asked(connection, opened.registry, row, outfit.configuration, at)
    if asked is None:
        return Failed("its step is no more", again=False)
    deed = _DEEDS[row.kind]
    timeout = outfit.configuration.worker.timeout
    answer = within(timeout, partial(deed, outfit, asked, at))
    if isinstance(answer, Failed):
        words = (*outfit.configuration.secrets(), *asked.words())
        return replace(answer, reason=without(answer.reason, words))
    return answer


def without(text: str, words: Iterable[str]) -> str:
    """A text that does not show these words."""
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _SHORTEST:
            text = text.replace(word, _HIDDEN)
    return text


def _notify(outfit: Outfit, asked: Asked, at: Instant) -> Answer:
    """Write to those who have an address; post what nobody has an address for."""
    said = outfit.configuration
    notice = notice_of(asked, said.lang)
    if said.mail is not None and asked.addresses:
        password = said.secret(said.mail.password_env)
        timeout = said.worker.timeout
        return send_mail(said.mail, password, notice, asked.addresses, timeout)
    if said.webhook is not None:
        secret = said.secret(said.webhook.secret_env)
        return post_notice(said.webhook, secret, notice, at, said.worker.timeout)
    return Failed(
        f"nobody of {notice.who} has an e-mail address: give one with `flowengine "
        f"user add`, or name one under [notify] in flowengine.toml",
        again=False,
    )


def _ask_address(outfit: Outfit, asked: Asked, _at: Instant) -> Answer:
    said, address = outfit.configuration, asked.do.target
    if not is_allowed(address, said.http.allow):
        return Failed(
            f"{host_of(address)} is no host that may be called: see [http] allow in "
            "flowengine.toml",
            again=False,
        )
    tokens = (
        variable
        for host, variable in said.http.tokens.items()
        if is_allowed(address, (host,))
    )
    call = call_of(asked, personal=is_allowed(address, said.http.personal))
    token = said.secret(next(tokens, None))
    return call_address(asked.do.method, address, call, token, said.worker.timeout)


def _call_function(outfit: Outfit, asked: Asked, _at: Instant) -> Answer:
    name = asked.do.target
    function = outfit.functions().get(name)
    if function is None:
        return Failed(
            f"no function is registered as {name}: see [automations] in "
            "flowengine.toml",
            again=False,
        )
    return call_function(function, call_of(asked, personal=True))


_DEEDS: Mapping[str, Callable[[Outfit, Asked, Instant], Answer]] = {
    NOTIFY: _notify,
    AutomationKind.HTTP.value: _ask_address,
    AutomationKind.PYTHON.value: _call_function,
}
