"""The tables of the whole language, from the statements beside this module.

Elements, batches, escalations, stock that is reserved, gates, children, and what is
to be sent. What was open before stays open: its instances have no element.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, and the old ones that have a longer key anew."""
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL begins with 0003
    name = "r0002_language.sqlite.sql"
    statements = Path(__file__).with_name(name).read_text("utf-8")
    for statement in statements.split(";\n"):
        if statement.strip():
            op.execute(statement)
