ALTER TABLE task_row RENAME TO task_row_0001;

DROP INDEX task_row_offered;

DROP INDEX task_row_owner;

CREATE TABLE task_row (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  element TEXT NOT NULL,
  visit INTEGER NOT NULL,
  process TEXT NOT NULL,
  number TEXT NOT NULL,
  role TEXT NOT NULL,
  department TEXT,
  state TEXT NOT NULL,
  held INTEGER NOT NULL,
  owner TEXT,
  enabled BIGINT NOT NULL,
  due BIGINT,
  priority INTEGER NOT NULL,
  batch TEXT,
  group_id TEXT,
  PRIMARY KEY (case_id, step, element)
)
 WITHOUT ROWID;

INSERT INTO task_row
SELECT case_id, step, '', visit, process, number, role, department, state, held, owner, enabled, due, priority, NULL, NULL
FROM task_row_0001;

DROP TABLE task_row_0001;

CREATE INDEX task_row_batch ON task_row (process, step, batch) WHERE batch IS NOT NULL AND state = 'offered' AND held = 0;

CREATE INDEX task_row_offered ON task_row (role, priority DESC, due, enabled) WHERE state = 'offered' AND held = 0;

CREATE INDEX task_row_owner ON task_row (owner) WHERE owner IS NOT NULL;

ALTER TABLE timer RENAME TO timer_0001;

DROP INDEX timer_due;

CREATE TABLE timer (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  element TEXT NOT NULL,
  kind TEXT NOT NULL,
  visit INTEGER NOT NULL,
  at BIGINT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (case_id, step, element, kind)
)
 WITHOUT ROWID;

INSERT INTO timer
SELECT case_id, step, '', 'timeout', visit, at, held
FROM timer_0001;

DROP TABLE timer_0001;

CREATE INDEX timer_due ON timer (at) WHERE held = 0;

ALTER TABLE step_fact ADD COLUMN element TEXT DEFAULT '' NOT NULL;

ALTER TABLE step_fact ADD COLUMN expense BIGINT;

CREATE TABLE outbox (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  case_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  step TEXT NOT NULL,
  "key" TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  failed TEXT,
  UNIQUE ("key")
);

CREATE INDEX outbox_case ON outbox (case_id);

CREATE INDEX outbox_kind ON outbox (kind, id);

CREATE TABLE child (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  element TEXT NOT NULL,
  visit INTEGER NOT NULL,
  child_id BLOB NOT NULL,
  PRIMARY KEY (case_id, step, element)
)
 WITHOUT ROWID;

CREATE TABLE gate_count (
  process TEXT NOT NULL,
  step TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (process, step)
)
 WITHOUT ROWID;

CREATE TABLE gate_wait (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  visit INTEGER NOT NULL,
  process TEXT NOT NULL,
  number TEXT NOT NULL,
  rank BLOB NOT NULL,
  enabled BIGINT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (case_id, step)
)
 WITHOUT ROWID;

CREATE INDEX gate_wait_turn ON gate_wait (process, step, rank, enabled, number) WHERE held = 0;

CREATE TABLE reserved (
  case_id BLOB NOT NULL,
  line TEXT NOT NULL,
  sku TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (case_id, line)
)
 WITHOUT ROWID;

CREATE INDEX reserved_sku ON reserved (sku);
