"""Texts in the reader's language, by gettext."""

from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from flowengine.loading import Module
from flowengine.locale.amounts import number_text

if TYPE_CHECKING:
    from importlib import resources
else:
    resources = Module("importlib.resources")

#: Languages that everything people read exists in; the first is the code's own.
LANGUAGES = ("en", "lv")


def translator(lang: str) -> Callable[[str], str]:
    """The function that turns an English text into `lang`.

    A text without a translation, and any language not in `LANGUAGES`, stays English.
    """
    return _translations(lang).gettext


def counted_text(count: int, singular: str, plural: str, lang: str) -> str:
    """A count with its noun: `counted_text(2, "order", "orders", "lv")`."""
    noun = _translations(lang).ngettext(singular, plural, count)
    return f"{number_text(count, lang)} {noun}"


@cache
def _translations(lang: str) -> NullTranslations:
    if lang not in LANGUAGES[1:]:
        return NullTranslations()
    compiled = (
        resources.files("flowengine.locale") / lang / "LC_MESSAGES" / "flowengine.mo"
    )
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)
