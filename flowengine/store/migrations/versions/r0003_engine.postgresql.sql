CREATE TABLE account (
  name TEXT COLLATE "C" NOT NULL,
  email TEXT COLLATE "C",
  PRIMARY KEY (name)
);

CREATE TABLE case_fact (
  id BIGSERIAL NOT NULL,
  case_id BYTEA NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  process TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL,
  promised BIGINT,
  priority INTEGER NOT NULL,
  last_seq INTEGER,
  measures TEXT COLLATE "C" NOT NULL,
  tx xid8 DEFAULT pg_current_xact_id(),
  PRIMARY KEY (id),
  UNIQUE (case_id)
);

CREATE INDEX case_fact_closed ON case_fact (process, closed);

CREATE TABLE case_key (
  message TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  case_id BYTEA NOT NULL,
  PRIMARY KEY (message, value, case_id)
);

CREATE INDEX case_key_case ON case_key (case_id);

CREATE TABLE case_number (
  number TEXT COLLATE "C" NOT NULL,
  case_id BYTEA NOT NULL,
  key TEXT COLLATE "C",
  PRIMARY KEY (number)
);

CREATE TABLE case_private (
  case_id BYTEA NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  salt BYTEA NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, field)
);

CREATE TABLE child (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  element TEXT COLLATE "C" NOT NULL,
  visit INTEGER NOT NULL,
  child_id BYTEA NOT NULL,
  PRIMARY KEY (case_id, step, element)
);

CREATE TABLE event (
  case_id BYTEA NOT NULL,
  seq INTEGER NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  by TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (case_id, seq)
);

CREATE INDEX event_hold ON event (case_id, seq) WHERE kind IN ('CaseHeld', 'CaseResumed', 'CaseCancelled');

CREATE TABLE feed (
  id BIGSERIAL NOT NULL,
  tx xid8 DEFAULT pg_current_xact_id(),
  case_id BYTEA NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX feed_tx ON feed (tx, id);

CREATE TABLE gate_count (
  process TEXT COLLATE "C" NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (process, step)
);

CREATE TABLE gate_wait (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  visit INTEGER NOT NULL,
  process TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  rank BYTEA NOT NULL,
  enabled BIGINT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (case_id, step)
);

CREATE INDEX gate_wait_turn ON gate_wait (process, step, rank, enabled, number) WHERE held = 0;

CREATE TABLE idempotency (
  case_id BYTEA NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (case_id, key)
);

CREATE TABLE inbox (
  key TEXT COLLATE "C" NOT NULL,
  message TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  by TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (key)
);

CREATE INDEX inbox_match ON inbox (message, value);

CREATE TABLE incident (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, step)
);

CREATE TABLE message_wait (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  message TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, step, message)
);

CREATE TABLE outbox (
  id BIGSERIAL NOT NULL,
  case_id BYTEA NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  failed TEXT COLLATE "C",
  attempts INTEGER DEFAULT '0' NOT NULL,
  due BIGINT DEFAULT '0' NOT NULL,
  lease_until BIGINT,
  leased_by TEXT COLLATE "C",
  fence INTEGER DEFAULT '0' NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (key)
);

CREATE INDEX outbox_case ON outbox (case_id);

CREATE INDEX outbox_due ON outbox (kind, due, id);

CREATE TABLE process_version (
  digest TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  places TEXT COLLATE "C" NOT NULL,
  titles TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (digest),
  UNIQUE (name, version)
);

CREATE TABLE reserved (
  case_id BYTEA NOT NULL,
  line TEXT COLLATE "C" NOT NULL,
  sku TEXT COLLATE "C" NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (case_id, line)
);

CREATE INDEX reserved_sku ON reserved (sku);

CREATE TABLE step_fact (
  id BIGSERIAL NOT NULL,
  case_id BYTEA NOT NULL,
  seq INTEGER NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  visit INTEGER NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  pred_seq INTEGER,
  enabled BIGINT NOT NULL,
  claimed BIGINT,
  started BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  paused BIGINT NOT NULL,
  working BIGINT NOT NULL,
  cost BIGINT,
  role TEXT COLLATE "C",
  department TEXT COLLATE "C",
  who TEXT COLLATE "C",
  outcome TEXT COLLATE "C",
  due BIGINT,
  element TEXT COLLATE "C" DEFAULT '' NOT NULL,
  expense BIGINT,
  tx xid8 DEFAULT pg_current_xact_id(),
  PRIMARY KEY (id),
  UNIQUE (case_id, seq)
);

CREATE TABLE task_row (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  element TEXT COLLATE "C" NOT NULL,
  visit INTEGER NOT NULL,
  process TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  department TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL,
  held INTEGER NOT NULL,
  owner TEXT COLLATE "C",
  enabled BIGINT NOT NULL,
  due BIGINT,
  priority INTEGER NOT NULL,
  batch TEXT COLLATE "C",
  group_id TEXT COLLATE "C",
  PRIMARY KEY (case_id, step, element)
);

CREATE INDEX task_row_batch ON task_row (process, step, batch) WHERE batch IS NOT NULL AND state = 'offered' AND held = 0;

CREATE INDEX task_row_offered ON task_row (role, priority DESC, coalesce(due, 4611686018427387904), enabled) WHERE state = 'offered' AND held = 0;

CREATE INDEX task_row_owner ON task_row (owner) WHERE owner IS NOT NULL;

CREATE INDEX task_row_step ON task_row (process, step, enabled, department, state, held, due);

CREATE TABLE timer (
  case_id BYTEA NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  element TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  visit INTEGER NOT NULL,
  at BIGINT NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (case_id, step, element, kind)
);

CREATE INDEX timer_due ON timer (at) WHERE held = 0;

CREATE TABLE worker (
  name TEXT COLLATE "C" NOT NULL,
  host TEXT COLLATE "C" NOT NULL,
  pid INTEGER NOT NULL,
  started BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  doing TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE away (
  name TEXT COLLATE "C" NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (name, since),
  FOREIGN KEY(name) REFERENCES account (name)
);

CREATE TABLE case_row (
  case_id BYTEA NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  process TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  opened BIGINT NOT NULL,
  closed BIGINT,
  outcome TEXT COLLATE "C",
  priority INTEGER NOT NULL,
  promised BIGINT,
  data TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (case_id),
  FOREIGN KEY(process) REFERENCES process_version (digest)
);

CREATE INDEX case_row_open ON case_row (opened) WHERE closed IS NULL;

CREATE TABLE role_of (
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name, role),
  FOREIGN KEY(name) REFERENCES account (name)
);

CREATE FUNCTION wake_workers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('flowengine', ''); RETURN NULL; END $$;

CREATE TRIGGER outbox_wake AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_workers();

CREATE TRIGGER gate_wait_wake AFTER INSERT ON gate_wait FOR EACH STATEMENT EXECUTE FUNCTION wake_workers();

CREATE TRIGGER gate_count_wake AFTER UPDATE ON gate_count FOR EACH STATEMENT EXECUTE FUNCTION wake_workers();
