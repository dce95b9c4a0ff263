"""The picture: a process drawn with what was measured, on one portrait page.

```
Net + Findings --layer--> Picture --place--> Placement --dot--> Drawing --render--> file
```
`draw` makes a `Drawing` for a `Layer`: `plan`, `work_in_progress`, `bottlenecks`;
`draw_problem` paints a fault of the flow on the plan, `draw_difference` two versions;
`render` makes SVG, PNG, PDF or DOT of it. A `Picture` (`picture`) says what is shown
and knows no coordinates; `plan`, `workload` and `bottlenecks` write it on the same
`outline`. `placement` says where things stand, and `routes` how arrows run past them;
`dot` and `markup` how they look; `backend` alone calls Graphviz, with the typeface that
`fonts` brings along.

The same input gives the same bytes.
"""

from flowengine.diagram.dot import Drawing
from flowengine.diagram.draw import draw, draw_difference, draw_problem
from flowengine.diagram.layer import Layer
from flowengine.diagram.render import Format, render

__all__ = [
    "Drawing",
    "Format",
    "Layer",
    "draw",
    "draw_difference",
    "draw_problem",
    "render",
]
