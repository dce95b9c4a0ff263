"""`python -m flowengine.language.rules`: make `grammar.json` from `grammar.lark`."""

from pathlib import Path

from flowengine.language.rules.tables import tables_text

Path(__file__).with_name("grammar.json").write_text(tables_text(), "utf-8")
