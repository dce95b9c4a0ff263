"""Who works here."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from flowengine.store.tables.columns import TEXT, metadata

account = Table(
    "account",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("email", TEXT),
)

role_of = Table(
    "role_of",
    metadata,
    Column("name", ForeignKey("account.name"), primary_key=True),
    Column("role", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

#: When somebody is not there.
away = Table(
    "away",
    metadata,
    Column("name", ForeignKey("account.name"), primary_key=True),
    Column("since", BigInteger, primary_key=True),
    Column("until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
