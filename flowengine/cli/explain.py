"""`flowengine explain`: what a problem's code means."""

import click

from flowengine.cli.exits import OK
from flowengine.cli.output import print_json
from flowengine.cli.session import Session, json_option, pass_session


@click.command()
@click.argument("code")
@json_option
@pass_session
def explain(session: Session, code: str) -> int:
    """Explain a problem's CODE, such as F403, at length and with an example."""
    from flowengine.language import explain as explanation

    text = explanation(code.upper())
    if session.json:
        print_json({"code": code.upper(), "text": text})
    else:
        click.echo(text)
    return OK
