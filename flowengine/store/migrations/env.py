"""How alembic runs a migration here: on the connection that the caller gives it."""

from alembic import context

from flowengine.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
