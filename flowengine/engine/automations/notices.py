"""What people are told: a notice in words, in their language."""

from dataclasses import dataclass

from flowengine.locale import share_text, translator
from flowengine.quantities import Instant


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody is to be told something about an order."""

    key: str
    at: Instant
    number: str
    process: str
    #: Titles in the language of the notice.
    process_title: str
    step: str
    step_title: str
    #: The role, department or field that the process names.
    who: str
    lang: str = "en"
    #: Percent of the service level that is used up; None for `do: notify`.
    share: int | None = None

    @property
    def subject(self) -> str:
        """The notice in one line."""
        _ = translator(self.lang)
        if self.share is None:
            text = _("Order {number}: {step}")
        elif self.share < 100:
            text = _("Order {number} has used up {share} of its time: {step}")
        else:
            text = _("Order {number} is late: {step}")
        return text.format(
            number=self.number, step=self.step_title, share=self._share()
        )

    @property
    def text(self) -> str:
        """The notice at length."""
        _ = translator(self.lang)
        if self.share is None:
            told = _("Order {number} ({process}) has come to {step}.")
        else:
            told = _(
                "Order {number} ({process}) waits at {step}; {share} of the time "
                "that the step may take is used up."
            )
        more = _("See: flowengine order show {number}")
        lines = (told, "", more)
        return "\n".join(lines).format(
            number=self.number,
            process=self.process_title,
            step=self.step_title,
            share=self._share(),
        )

    def _share(self) -> str:
        return "" if self.share is None else share_text(self.share / 100, self.lang)
