"""`python -m flowengine.language.rules` writes the tables of the grammar to stdout."""

import sys

from flowengine.language.rules.tables import tables_text

sys.stdout.write(tables_text())
