"""Lengths of time as options say them."""

import click

from flowengine.errors import InvalidInput
from flowengine.quantities import Duration, parse_duration


def span(
    context: click.Context, parameter: click.Parameter, text: str | None
) -> Duration | None:
    """A length of time that an option says, such as 2h; None where it is not said.

    Raises:
        click.BadParameter: It says none.
    """
    if text is None:
        return None
    try:
        found = parse_duration(text)
    except InvalidInput as error:
        raise click.BadParameter(str(error)) from error
    if found < 0:
        raise click.BadParameter(f"Expected a length of time, but got {text!r}.")
    return found
