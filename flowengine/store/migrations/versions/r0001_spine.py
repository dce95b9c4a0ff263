"""The tables of the first version, from the statements beside this module."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL begins with 0003
    name = "r0001_spine.sqlite.sql"
    statements = Path(__file__).with_name(name).read_text("utf-8")
    for statement in statements.split(";\n"):
        if statement.strip():
            op.execute(statement)
