ALTER TABLE outbox ADD COLUMN attempts INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE outbox ADD COLUMN due BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE outbox ADD COLUMN lease_until BIGINT;

ALTER TABLE outbox ADD COLUMN leased_by TEXT;

ALTER TABLE outbox ADD COLUMN fence INTEGER DEFAULT '0' NOT NULL;

DROP INDEX outbox_kind;

CREATE INDEX outbox_due ON outbox (kind, due, id);

ALTER TABLE step_fact ADD COLUMN tx BIGINT DEFAULT NULL;

ALTER TABLE case_fact ADD COLUMN tx BIGINT DEFAULT NULL;

DROP INDEX task_row_offered;

CREATE INDEX task_row_offered ON task_row (role, priority DESC, coalesce(due, 4611686018427387904), enabled) WHERE state = 'offered' AND held = 0;

CREATE INDEX task_row_step ON task_row (process, step, enabled, department, state, held, due);

CREATE TABLE feed (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  tx BIGINT DEFAULT NULL,
  case_id BLOB NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
);

INSERT INTO feed (case_id, first, last)
SELECT case_id, 1, version FROM case_row ORDER BY opened, case_id;

ALTER TABLE account ADD COLUMN email TEXT;

CREATE TABLE away (
  name TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (name, since),
  FOREIGN KEY(name) REFERENCES account (name)
)
 WITHOUT ROWID;

CREATE TABLE worker (
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  doing TEXT NOT NULL,
  PRIMARY KEY (name)
)
 WITHOUT ROWID;
