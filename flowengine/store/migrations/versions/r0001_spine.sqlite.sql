CREATE TABLE account (
  name TEXT NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE case_fact (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  case_id BLOB NOT NULL,
  number TEXT NOT NULL,
  process TEXT NOT NULL,
  version INTEGER NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  promised BIGINT,
  priority INTEGER NOT NULL,
  last_seq INTEGER,
  measures TEXT NOT NULL,
  UNIQUE (case_id)
);

CREATE INDEX case_fact_closed ON case_fact (process, closed);

CREATE TABLE case_key (
  message TEXT NOT NULL,
  value TEXT NOT NULL,
  case_id BLOB NOT NULL,
  PRIMARY KEY (message, value, case_id)
)
 WITHOUT ROWID;

CREATE INDEX case_key_case ON case_key (case_id);

CREATE TABLE case_number (
  number TEXT NOT NULL,
  case_id BLOB NOT NULL,
  "key" TEXT,
  PRIMARY KEY (number)
)
 WITHOUT ROWID;

CREATE TABLE case_private (
  case_id BLOB NOT NULL,
  field TEXT NOT NULL,
  salt BLOB NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (case_id, field)
)
 WITHOUT ROWID;

CREATE TABLE event (
  case_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  "by" TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (case_id, seq)
)
 WITHOUT ROWID;

CREATE INDEX event_hold ON event (case_id, seq) WHERE kind IN ('CaseHeld', 'CaseResumed', 'CaseCancelled');

CREATE TABLE idempotency (
  case_id BLOB NOT NULL,
  "key" TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (case_id, "key")
)
 WITHOUT ROWID;

CREATE TABLE inbox (
  "key" TEXT NOT NULL,
  message TEXT NOT NULL,
  value TEXT NOT NULL,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY ("key")
)
 WITHOUT ROWID;

CREATE INDEX inbox_match ON inbox (message, value);

CREATE TABLE incident (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (case_id, step)
)
 WITHOUT ROWID;

CREATE TABLE message_wait (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (case_id, step, message)
)
 WITHOUT ROWID;

CREATE TABLE process_version (
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  places TEXT NOT NULL,
  titles TEXT NOT NULL,
  PRIMARY KEY (digest),
  UNIQUE (name, version)
);

CREATE TABLE step_fact (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  case_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  step TEXT NOT NULL,
  visit INTEGER NOT NULL,
  kind TEXT NOT NULL,
  pred_seq INTEGER,
  enabled BIGINT NOT NULL,
  claimed BIGINT,
  started BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  paused BIGINT NOT NULL,
  working BIGINT NOT NULL,
  cost BIGINT,
  role TEXT,
  department TEXT,
  who TEXT,
  outcome TEXT,
  due BIGINT,
  UNIQUE (case_id, seq)
);

CREATE TABLE task_row (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
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
  PRIMARY KEY (case_id, step)
)
 WITHOUT ROWID;

CREATE INDEX task_row_offered ON task_row (role, priority DESC, due, enabled) WHERE state = 'offered' AND held = 0;

CREATE INDEX task_row_owner ON task_row (owner) WHERE owner IS NOT NULL;

CREATE TABLE timer (
  case_id BLOB NOT NULL,
  step TEXT NOT NULL,
  visit INTEGER NOT NULL,
  at BIGINT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (case_id, step)
)
 WITHOUT ROWID;

CREATE INDEX timer_due ON timer (at) WHERE held = 0;

CREATE TABLE case_row (
  case_id BLOB NOT NULL,
  number TEXT NOT NULL,
  process TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT,
  outcome TEXT,
  priority INTEGER NOT NULL,
  promised BIGINT,
  data TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (case_id),
  FOREIGN KEY(process) REFERENCES process_version (digest)
)
 WITHOUT ROWID;

CREATE INDEX case_row_open ON case_row (opened) WHERE closed IS NULL;

CREATE TABLE role_of (
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (name, role),
  FOREIGN KEY(name) REFERENCES account (name)
)
 WITHOUT ROWID;
