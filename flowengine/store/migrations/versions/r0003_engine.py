"""The tables of the whole engine, from the statements beside this module.

Attempts, leases and fences of what is sent, a feed of what happened, workers, who is
away. What was written before is the first of the feed. PostgreSQL begins here.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, and widen the old ones."""
    name = f"r0003_engine.{op.get_bind().dialect.name}.sql"
    statements = Path(__file__).with_name(name).read_text("utf-8")
    for statement in statements.split(";\n"):
        if statement.strip():
            op.execute(statement)
