"""What an SVG says beyond Graphviz: exact numbers, and texts for screen readers."""

import re
from html import escape, unescape

from flowengine.diagram.dot import Drawing
from flowengine.diagram.nodes import FONT

_GROUP = re.compile(r'<g id="([^"]*)" class="(node|edge)">\n<title>[^<]*</title>')
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_ROOT = re.compile(r"<svg ([^>]*)>\n(<g [^>]*>)\n<title>[^<]*</title>")
#: Faces of much the same width, for machines without ours.
_FACES = f"{FONT}, Arial, Helvetica, sans-serif"


def finished_svg(svg: str, drawing: Drawing) -> str:
    """Graphviz's SVG with stable bytes, `data-` attributes, titles and description."""
    text = _COMMENT.sub("", svg)
    text = text.replace(f'font-family="{FONT}"', f'font-family="{_FACES}"')
    text = _GROUP.sub(lambda found: _group(found, drawing), text)
    return _ROOT.sub(lambda found: _root(found, drawing), text, count=1)


def _group(found: re.Match[str], drawing: Drawing) -> str:
    name, kind = unescape(found[1]), found[2]
    exact = drawing.exact.get(name)
    data = (
        f' data-wait="{exact.wait}" data-work="{exact.work}"'
        if exact is not None
        else ""
    )
    title = escape(drawing.texts.get(name, ""))
    return f'<g id="{escape(name)}" class="{kind}"{data}>\n<title>{title}</title>'


def _root(found: re.Match[str], drawing: Drawing) -> str:
    facts = "".join(f' data-{name}="{value}"' for name, value in drawing.facts.items())
    return (
        f'<svg {found[1]} role="img" lang="{drawing.lang}"'
        f' aria-labelledby="picture-title picture-description"{facts}>\n'
        f'<title id="picture-title">{escape(drawing.title)}</title>\n'
        f'<desc id="picture-description">{escape(drawing.description)}</desc>\n'
        f"{found[2]}"
    )
