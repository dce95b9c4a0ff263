--
-- PostgreSQL database dump
--

\restrict gZnFiaO7LWgrqFiyltzlHaloUd13KiorbU3n98WJdC5KkgVkvVNRA01ovrCgrzd

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: wake_workers(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wake_workers() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_notify('flowengine', ''); RETURN NULL; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    name text NOT NULL COLLATE pg_catalog."C",
    email text COLLATE pg_catalog."C"
);


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: away; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.away (
    name text NOT NULL COLLATE pg_catalog."C",
    since bigint NOT NULL,
    until bigint NOT NULL
);


--
-- Name: case_fact; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_fact (
    id bigint NOT NULL,
    case_id bytea NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    process text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    opened bigint NOT NULL,
    closed bigint NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    promised bigint,
    priority integer NOT NULL,
    last_seq integer,
    measures text NOT NULL COLLATE pg_catalog."C",
    tx xid8 DEFAULT pg_current_xact_id()
);


--
-- Name: case_fact_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.case_fact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: case_fact_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.case_fact_id_seq OWNED BY public.case_fact.id;


--
-- Name: case_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_key (
    message text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    case_id bytea NOT NULL
);


--
-- Name: case_number; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_number (
    number text NOT NULL COLLATE pg_catalog."C",
    case_id bytea NOT NULL,
    key text COLLATE pg_catalog."C"
);


--
-- Name: case_private; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_private (
    case_id bytea NOT NULL,
    field text NOT NULL COLLATE pg_catalog."C",
    salt bytea NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: case_row; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_row (
    case_id bytea NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    process text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    opened bigint NOT NULL,
    closed bigint,
    outcome text COLLATE pg_catalog."C",
    priority integer NOT NULL,
    promised bigint,
    data text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL
);


--
-- Name: child; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.child (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    element text NOT NULL COLLATE pg_catalog."C",
    visit integer NOT NULL,
    child_id bytea NOT NULL
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    case_id bytea NOT NULL,
    seq integer NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    by text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL
);


--
-- Name: feed; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed (
    id bigint NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id(),
    case_id bytea NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL
);


--
-- Name: feed_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.feed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: feed_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.feed_id_seq OWNED BY public.feed.id;


--
-- Name: gate_count; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.gate_count (
    process text NOT NULL COLLATE pg_catalog."C",
    step text NOT NULL COLLATE pg_catalog."C",
    count integer NOT NULL
);


--
-- Name: gate_wait; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.gate_wait (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    visit integer NOT NULL,
    process text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL COLLATE pg_catalog."C",
    rank bytea NOT NULL,
    enabled bigint NOT NULL,
    held integer NOT NULL
);


--
-- Name: idempotency; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency (
    case_id bytea NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    first integer NOT NULL,
    last integer NOT NULL
);


--
-- Name: inbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbox (
    key text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    by text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: incident; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.incident (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: message_wait; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.message_wait (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    case_id bytea NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    step text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    failed text COLLATE pg_catalog."C",
    attempts integer DEFAULT 0 NOT NULL,
    due bigint DEFAULT '0'::bigint NOT NULL,
    lease_until bigint,
    leased_by text COLLATE pg_catalog."C",
    fence integer DEFAULT 0 NOT NULL
);


--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: outbox_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;


--
-- Name: process_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.process_version (
    digest text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    places text NOT NULL COLLATE pg_catalog."C",
    titles text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: reserved; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reserved (
    case_id bytea NOT NULL,
    line text NOT NULL COLLATE pg_catalog."C",
    sku text NOT NULL COLLATE pg_catalog."C",
    quantity bigint NOT NULL
);


--
-- Name: role_of; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.role_of (
    name text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: step_fact; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.step_fact (
    id bigint NOT NULL,
    case_id bytea NOT NULL,
    seq integer NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    visit integer NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    pred_seq integer,
    enabled bigint NOT NULL,
    claimed bigint,
    started bigint NOT NULL,
    ended bigint NOT NULL,
    paused bigint NOT NULL,
    working bigint NOT NULL,
    cost bigint,
    role text COLLATE pg_catalog."C",
    department text COLLATE pg_catalog."C",
    who text COLLATE pg_catalog."C",
    outcome text COLLATE pg_catalog."C",
    due bigint,
    element text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    expense bigint,
    tx xid8 DEFAULT pg_current_xact_id()
);


--
-- Name: step_fact_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.step_fact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: step_fact_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.step_fact_id_seq OWNED BY public.step_fact.id;


--
-- Name: task_row; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.task_row (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    element text NOT NULL COLLATE pg_catalog."C",
    visit integer NOT NULL,
    process text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    department text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    held integer NOT NULL,
    owner text COLLATE pg_catalog."C",
    enabled bigint NOT NULL,
    due bigint,
    priority integer NOT NULL,
    batch text COLLATE pg_catalog."C",
    group_id text COLLATE pg_catalog."C"
);


--
-- Name: timer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.timer (
    case_id bytea NOT NULL,
    step text NOT NULL COLLATE pg_catalog."C",
    element text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    visit integer NOT NULL,
    at bigint NOT NULL,
    held integer NOT NULL
);


--
-- Name: worker; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.worker (
    name text NOT NULL COLLATE pg_catalog."C",
    host text NOT NULL COLLATE pg_catalog."C",
    pid integer NOT NULL,
    started bigint NOT NULL,
    seen bigint NOT NULL,
    doing text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: case_fact id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_fact ALTER COLUMN id SET DEFAULT nextval('public.case_fact_id_seq'::regclass);


--
-- Name: feed id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed ALTER COLUMN id SET DEFAULT nextval('public.feed_id_seq'::regclass);


--
-- Name: outbox id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);


--
-- Name: step_fact id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.step_fact ALTER COLUMN id SET DEFAULT nextval('public.step_fact_id_seq'::regclass);


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account VALUES
	('anna', NULL),
	('berta', NULL),
	('peter', NULL),
	('paul', NULL),
	('olga', NULL),
	('nobody', NULL);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES
	('0003');


--
-- Data for Name: away; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.away VALUES
	('paul', 1780306920000000, 1780911720000000);


--
-- Data for Name: case_fact; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_fact VALUES
	(1, '\x01a2056b1894772f9a8e63185508a638', 'closed', 'sale', 1, 1780304400000000, 1780304700000000, 'success', NULL, 0, 17, '{}', '775'),
	(2, '\x4b903cf9751d2a23c166d7a2ff99d7c1', 'packing-credit', 'credit-check', 1, 1780306500000000, 1780306500000000, 'success', NULL, 0, 4, '{}', '795'),
	(3, '\x95764a79baa6d712460d063b31fa0f18', 'labelling-credit', 'credit-check', 1, 1780306500000000, 1780306500000000, 'success', NULL, 0, 4, '{}', '796'),
	(4, '\x9630c66444e4cc43b261209f5d4c686a', 'queueing-credit', 'credit-check', 1, 1780306500000000, 1780306500000000, 'success', NULL, 0, 4, '{}', '797');


--
-- Data for Name: case_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_key VALUES
	('payment', 'ref-open', '\x01a2056b18aa73bca1b08a791b8a47ad'),
	('payment', 'ref-held', '\x01a2056b18b6749a90e5c4f5c19458ea'),
	('payment', 'ref-waiting', '\x01a2056b18bb771aaa8c1a980ee1d958'),
	('payment', 'ref-cancelled', '\x01a2056b18c471d0bac0d1fba5487d0c'),
	('payment', 'ref-dear', '\x01a2056b18ca720793f85c651b45ba51');


--
-- Data for Name: case_number; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_number VALUES
	('closed', '\x01a2056b1894772f9a8e63185508a638', NULL),
	('open', '\x01a2056b18aa73bca1b08a791b8a47ad', NULL),
	('held', '\x01a2056b18b6749a90e5c4f5c19458ea', NULL),
	('waiting', '\x01a2056b18bb771aaa8c1a980ee1d958', NULL),
	('cancelled', '\x01a2056b18c471d0bac0d1fba5487d0c', NULL),
	('dear', '\x01a2056b18ca720793f85c651b45ba51', NULL),
	('packing', '\x01a2056b1926716e8d247ae72d29cd98', NULL),
	('labelling', '\x01a2056b1936775e89906f254257fad1', NULL),
	('queueing', '\x01a2056b194274938a56fad48f18af72', NULL),
	('packing-credit', '\x4b903cf9751d2a23c166d7a2ff99d7c1', '4b903cf9751d2a23c166d7a2ff99d7c1'),
	('labelling-credit', '\x95764a79baa6d712460d063b31fa0f18', '95764a79baa6d712460d063b31fa0f18'),
	('queueing-credit', '\x9630c66444e4cc43b261209f5d4c686a', '9630c66444e4cc43b261209f5d4c686a'),
	('called', '\x01a2056b1a1077ef8c3073302ee0e493', NULL),
	('ending', '\x01a2056b1a1b7740b388c05656102631', NULL),
	('called-credit', '\xdcf95f13cf29ddf6764d6474e0ca6653', 'dcf95f13cf29ddf6764d6474e0ca6653'),
	('ending-credit', '\xaaa28ee0fa74eef8f5460b24deed8336', 'aaa28ee0fa74eef8f5460b24deed8336'),
	('calling', '\x01a2056b1a4f725f9b2ee155279b3ec9', NULL),
	('entering', '\x01a2056b1a5b76528d369e7804aba5c8', NULL),
	('paused', '\x01a2056b1a7677d8957ea423a918d6f8', NULL),
	('given', '\x01a2056b1a827179b391ec7d77805c3f', NULL),
	('stuck', '\x01a2056b1a847419996c048ec0d50d1e', NULL),
	('again', '\x01a2056b1a8f71839c6676ea27e1d4e1', NULL),
	('moved', '\x01a2056b1a9a75cebc2e0b59270bca51', NULL),
	('right', '\x01a2056b1a9e730681a0a2aa835b1298', NULL),
	('unknown', '\x01a2056b1aa37135b01fe1e56527deac', NULL);


--
-- Data for Name: case_private; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_private VALUES
	('\x01a2056b1894772f9a8e63185508a638', 'order.customer', '\x412186770b363c78deec05bd9d7c5360', 'Customer of closed'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 'order.customer', '\xb367bb2c9c10495e4e4f9f838987a288', 'Customer of open'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 'order.customer', '\xcd85ef469c10c1c79c5a9eaf316932fd', 'Customer of held'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 'order.customer', '\xa66ec9f144c23dc650577ac9974bbce4', 'Customer of waiting'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 'order.customer', '\x173d0288811a38fce74cc3c6de5f52f7', 'Customer of cancelled'),
	('\x01a2056b18ca720793f85c651b45ba51', 'order.customer', '\x51ac1138249cfa1694591000bcbd39cd', 'Customer of dear'),
	('\x01a2056b1926716e8d247ae72d29cd98', 'order.customer', '\xa44f6145136cfd1c81c3d770d13c6fad', 'Customer packing'),
	('\x01a2056b1926716e8d247ae72d29cd98', 'order.parcels#1.receiver', '\xfc4eccf0c089db9d02dd8eaa43a88caf', 'Zelma'),
	('\x01a2056b1936775e89906f254257fad1', 'order.customer', '\x835cf79a150be30c0cbee72fbf290833', 'Customer labelling'),
	('\x01a2056b194274938a56fad48f18af72', 'order.customer', '\xb3130f29a4d97d2b1c9771e5e12337ab', 'Customer queueing'),
	('\x01a2056b194274938a56fad48f18af72', 'order.parcels#1.receiver', '\x4bcdde7323dc0dcac26ebcc10ac88d6f', 'Zelma'),
	('\x01a2056b194274938a56fad48f18af72', 'order.parcels#2.receiver', '\x8749d8a4c2b4db4da61f08e3b51ac0f3', 'Ilze'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 'request.customer', '\x14d9175bd2a7f0ce4ed8f20e88f461e5', 'Customer packing'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 'request.boxes#1.receiver', '\x1f66c8f16b227392385cba7d7a67eab7', 'Zelma'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 'request.boxes#2.receiver', '\x9a7c2cad55f6375a7c420257e8da1594', 'Ilze'),
	('\x95764a79baa6d712460d063b31fa0f18', 'request.customer', '\x05c2a832b2c0da10b8bc16766f4775da', 'Customer labelling'),
	('\x95764a79baa6d712460d063b31fa0f18', 'request.boxes#1.receiver', '\x20373fe7a3acb756602aefd6ba6b9536', 'Zelma'),
	('\x95764a79baa6d712460d063b31fa0f18', 'request.boxes#2.receiver', '\xbdea9bae0685f441da4e4cd875ba9489', 'Ilze'),
	('\x9630c66444e4cc43b261209f5d4c686a', 'request.customer', '\xbe991e5f81814350301728225b05eca2', 'Customer queueing'),
	('\x9630c66444e4cc43b261209f5d4c686a', 'request.boxes#1.receiver', '\xd91cc80945c94b8753527eea88041e2d', 'Zelma'),
	('\x9630c66444e4cc43b261209f5d4c686a', 'request.boxes#2.receiver', '\x786caf8c19950dcc6491e2009b9ae2b3', 'Ilze'),
	('\x01a2056b1936775e89906f254257fad1', 'order.parcels#1.receiver', '\x46ec0fbfc9ba3585d233508f264dea84', 'Dace'),
	('\x01a2056b1936775e89906f254257fad1', 'order.parcels#2.receiver', '\x3df26ec906a787437ed3cc4cdb3f8530', 'Dace'),
	('\x01a2056b1926716e8d247ae72d29cd98', 'order.parcels#2.receiver', '\x03dea87da55968a658fa703a00edf8f8', 'Dace'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 'order.customer', '\x250afd1b608793028c0510c0afd6d0a5', 'Customer called'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 'order.parcels#1.receiver', '\xb58ccd2bc10a06a97d2ba1a2f4ae9c96', 'Zelma'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 'order.parcels#2.receiver', '\x75d3cd3d6194eea2f14178c4c380c31b', 'Ilze'),
	('\x01a2056b1a1b7740b388c05656102631', 'order.customer', '\xb2f7bf53daed61d441a58ae8b39e0bc0', 'Customer ending'),
	('\x01a2056b1a1b7740b388c05656102631', 'order.parcels#1.receiver', '\x590a810242a791cea2fcc662362a719d', 'Zelma'),
	('\x01a2056b1a1b7740b388c05656102631', 'order.parcels#2.receiver', '\xc7604b32e69d10b2c81f82981a263cfc', 'Ilze'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'request.customer', '\x2b9282c53ff25fedfd1a0b4d5190de64', 'Customer called'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'request.boxes#1.receiver', '\xc6f7bceb417cff9f7e98c635d202a2e6', 'Zelma'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'request.boxes#2.receiver', '\x88d9e56710f9e9773292f822bc055365', 'Ilze'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'request.customer', '\xab91a1eadded5d1023474574fc400acc', 'Customer ending'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'request.boxes#1.receiver', '\x558148eafa48a99d2f09bd1256b7c98e', 'Zelma'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'request.boxes#2.receiver', '\xf47be069f3164d256863ad4e12cf1cdb', 'Ilze'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 'order.customer', '\x0fbd93bfca4664bc567ce122320952c8', 'Customer calling'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 'order.parcels#1.receiver', '\xdc243c6f7c1a8a2b6dd54fc49e8f7911', 'Zelma'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 'order.parcels#2.receiver', '\x588b12c95fb18ee0571c236003dd39ce', 'Ilze'),
	('\x01a2056b1a5b76528d369e7804aba5c8', 'order.customer', '\xc6dcb1e568ecde707927555ba10cc2be', 'Līga'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 'order.customer', '\xdb5c913fb18c82eaa0d17f3b798551b6', 'Person paused'),
	('\x01a2056b1a827179b391ec7d77805c3f', 'order.customer', '\xec493b4b282fd2d4e6534bf012e682cf', 'Person given'),
	('\x01a2056b1a847419996c048ec0d50d1e', 'order.customer', '\x8c9d816348d162f475ff124def579eea', 'Person stuck'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 'order.customer', '\x300a59fe3525a3fc39b30c791c0ff605', 'Person again'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 'order.customer', '\x3be9d5682d50fa485f39145ffea695ba', 'Person moved'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 'order.customer', '\x9c5f209aea44c90a19d1a73f5bb96053', 'Person who is right');


--
-- Data for Name: case_row; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.case_row VALUES
	('\x01a2056b1926716e8d247ae72d29cd98', 'packing', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 17, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"packing","priority":0,"zone":"A","customer":"sha256:75c77bb7f91f745993b21bfa8df3dd09","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:539f8ddcccde1d529191e602eb5c7327"},{"#":"2","receiver":"sha256:9789120b239e55434802ab78a170459a","weight":2500000,"damaged":false}],"credit":"ok"}}', '{"marking":128,"at":1780306500000000,"tasks":[["pack",1,"task","offered",1780306500000000,14,null,null,null,null,null,"1"]],"arrivals":[[7,14,1780306500000000]],"visits":{"enter":1,"credit":1,"reserve":1,"release":1,"pick":1,"pack":1},"reserved":{"order.lines#1":2},"gates":["release"],"effects":[["reserve",1,null,[["order.lines#1","A1",2]]]]}', '\x4e5b7d9da870b2a8d29f08e72b865c44d2cf779ebb07a586a4e184f07eba3496'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 'held', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'held', 4, 1780304400000000, NULL, NULL, 0, NULL, '{"order":{"number":"held","priority":0,"customer":"sha256:c4f3e2bcb9a963467f96c85da837ace5","reference":"ref-held"}}', '{"marking":1,"at":1780304700000000,"tasks":[["enter",1,"task","started",1780304400000000,null,null,null,"berta",1780304700000000,1780304700000000]],"arrivals":[[0,null,1780304400000000]],"visits":{"enter":1},"held":[1780304700000000,"address unclear"]}', '\x2bd6740a0953bcfc8fd66a35da1663bbbde0832aa99ec9629cc845521c338e7f'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 'waiting', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'open', 8, 1780304400000000, NULL, NULL, 0, NULL, '{"order":{"number":"waiting","priority":0,"customer":"sha256:dbd622732ccddfdd3ad4ee229aa8b8aa","reference":"ref-waiting","total":90000}}', '{"marking":72,"at":1780306500000000,"tasks":[["await-payment",1,"wait","waiting",1780304700000000,4,null,1780563900000000],["recount",1,"task","offered",1780306500000000,7]],"arrivals":[[3,4,1780304700000000],[6,7,1780306500000000]],"visits":{"enter":1,"release":1,"await-payment":1,"pick":1,"recount":1},"uses":{"pick/outcome:short":1}}', '\xde4fb66e0dc15fe7b578635948a712c4bfc0c24aa9b5e1be9d887965572b0551'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 'cancelled', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'open', 5, 1780304400000000, NULL, NULL, 0, NULL, '{"order":{"number":"cancelled","priority":0,"customer":"sha256:d9fcf0473ff1094fcf2b36bdf3041937","reference":"ref-cancelled"}}', '{"marking":2048,"at":1780306500000000,"tasks":[["put-back",1,"task","offered",1780306500000000,3]],"arrivals":[[11,3,1780306500000000]],"visits":{"enter":1,"put-back":1},"cancel":[true,false]}', '\x0fa4f36ac8a829a8a2732964d49667f77ba0ce35565434f78f325c3c97be62b6'),
	('\x01a2056b1894772f9a8e63185508a638', 'closed', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'closed', 18, 1780304400000000, 1780304700000000, 'success', 0, NULL, '{"order":{"number":"closed","priority":0,"customer":"sha256:c48954f76f333da4b99ad068d3fa9cf2","reference":"ref-closed","total":90000,"paid":true}}', '{"at":1780304700000000,"visits":{"enter":1,"release":1,"await-payment":1,"pick":1,"book":1,"picked":1,"hand-over":1,"await-pickup":1,"done":1},"cancel":[false,true]}', '\x45b2b38d7654f6c400b650e63c8224c0fa6c6661201f775205f2a11d701d76d0'),
	('\x01a2056b18ca720793f85c651b45ba51', 'dear', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'open', 4, 1780304400000000, NULL, NULL, 0, NULL, '{"order":{"number":"dear","priority":0,"customer":"sha256:5cd3f4a40c042058c81e2c942e831671","reference":"ref-dear","total":9000000}}', '{"marking":2,"at":1780306500000000,"tasks":[["approve",1,"task","offered",1780306500000000,3,1780313700000000]],"arrivals":[[1,3,1780306500000000]],"visits":{"enter":1,"approve":1}}', '\x4c4fced7bc8ab10c5825f72235958cf003a72ef145c47e54768159202646cfdf'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 'open', '1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'open', 4, 1780304400000000, NULL, NULL, 0, NULL, '{"order":{"number":"open","priority":0,"customer":"sha256:25b10ff34b2559ef9017496444e55ba4","reference":"ref-open"}}', '{"marking":1,"at":1780304700000000,"tasks":[["enter",1,"task","claimed",1780304400000000,null,null,null,"anna",1780304700000000]],"arrivals":[[0,null,1780304400000000]],"visits":{"enter":1}}', '\x78476c7f6db7e966d35873d80f0a533d54c814477d29e419cca183ea8e00160b'),
	('\x01a2056b194274938a56fad48f18af72', 'queueing', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 10, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"queueing","priority":0,"zone":"A","customer":"sha256:f090ed38d237d0b06782c89272eeaecd","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:850878701fac8fba6d96cadd3737252c"},{"#":"2","receiver":"sha256:d189b91a4fcf315da9f853c90ce6b256"}],"credit":"ok"}}', '{"marking":32,"at":1780306500000000,"tasks":[["release",1,"wait","waiting",1780306500000000,9]],"arrivals":[[5,9,1780306500000000]],"visits":{"enter":1,"credit":1,"reserve":1,"release":1},"reserved":{"order.lines#1":2},"effects":[["reserve",1,null,[["order.lines#1","A1",2]]]]}', '\x2fe1d3305b3cf10b3075e5ee0892c8343d1e85242e1bdcae9622ac7818890632'),
	('\x01a2056b1936775e89906f254257fad1', 'labelling', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 20, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"labelling","priority":0,"zone":"A","customer":"sha256:197b916083a649d15ef601fade8e8d47","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:f48b4a7e4ed93ce7a56ad6298822c4f8","weight":2500000,"damaged":false},{"#":"2","receiver":"sha256:8e526abcefab3d1906e8df4b0544982f","weight":2500000,"damaged":false}],"credit":"ok"}}', '{"marking":256,"at":1780306500000000,"tasks":[["label",1,"wait","waiting",1780306500000000,18]],"arrivals":[[8,18,1780306500000000]],"visits":{"enter":1,"credit":1,"reserve":1,"release":1,"pick":1,"pack":1,"label":1},"reserved":{"order.lines#1":2},"gates":["release"],"effects":[["reserve",1,null,[["order.lines#1","A1",2]]]]}', '\xa6a9658eb462ed710b627598a994c08ce16f3743a6285ef488268596dc382fea'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 'packing-credit', 'ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'closed', 5, 1780306500000000, 1780306500000000, 'success', 0, NULL, '{"request":{"total":1000000,"customer":"sha256:7c398af9db54abf544eb492a14b07fba","boxes":[{"#":"1","receiver":"sha256:b070b9fd9469bd6f482a96cd73fa5056"},{"#":"2","receiver":"sha256:9989db30fd0cfeb82951d021fd70754a"}],"number":"packing-credit","verdict":"ok"}}', '{"at":1780306500000000,"visits":{"look":1,"good":1},"parent":["01a2056b1926716e8d247ae72d29cd98","credit",1,null]}', '\x5270a807e587efacd4f581b4923d5aec0239ef86399b87b0361227809e234d6b'),
	('\x95764a79baa6d712460d063b31fa0f18', 'labelling-credit', 'ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'closed', 5, 1780306500000000, 1780306500000000, 'success', 0, NULL, '{"request":{"total":1000000,"customer":"sha256:9855ea0ea31239ffda7b4a718c2c9ba9","boxes":[{"#":"1","receiver":"sha256:59481b0450568c433bef332146c58337"},{"#":"2","receiver":"sha256:6f4d204b76bdfb73910922fabb00c854"}],"number":"labelling-credit","verdict":"ok"}}', '{"at":1780306500000000,"visits":{"look":1,"good":1},"parent":["01a2056b1936775e89906f254257fad1","credit",1,null]}', '\x3bf3d0fe93b1f6aacb65e6dabdeb34dcad03af0e4eb7ff5debd6e4c6a167a379'),
	('\x9630c66444e4cc43b261209f5d4c686a', 'queueing-credit', 'ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'closed', 5, 1780306500000000, 1780306500000000, 'success', 0, NULL, '{"request":{"total":1000000,"customer":"sha256:81a8789b0e2c7bfb942ec81f1f210ace","boxes":[{"#":"1","receiver":"sha256:c22359b544acb110d2576e3fccc9e5b9"},{"#":"2","receiver":"sha256:052dd3cd81a238ae08d4b483cbe3edc9"}],"number":"queueing-credit","verdict":"ok"}}', '{"at":1780306500000000,"visits":{"look":1,"good":1},"parent":["01a2056b194274938a56fad48f18af72","credit",1,null]}', '\x4eab99c26f8c36f3902da5d3f1228bf37f810f4f639e78669749f72d8618b438'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 'called', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 5, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"called","priority":0,"zone":"A","customer":"sha256:4f34828e252e3bbf7ead7985d40c4f44","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:8fa14b464914651789a63f8bdef75de4"},{"#":"2","receiver":"sha256:fe616ee10d0e5c0beb94f8ec445f9130"}]}}', '{"marking":2,"at":1780306500000000,"tasks":[["credit",1,"wait","waiting",1780306500000000,3,null,null,null,null,null,null,null,null,null,"dcf95f13cf29ddf6764d6474e0ca6653"]],"arrivals":[[1,3,1780306500000000]],"visits":{"enter":1,"credit":1}}', '\xd65d7aa974db7d06290b34f693c6a86993b7bb32d1e09ed15e00b376d3b3d17e'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 'calling', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 5, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"calling","priority":0,"zone":"A","customer":"sha256:5dbd029f72e92a4c91058af63d2f1eb2","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:7ba76dcbe30532edab8a6b186fa6b216"},{"#":"2","receiver":"sha256:753c9d86ae2e9640a9dc747c32678b2c"}]}}', '{"marking":2,"at":1780306500000000,"tasks":[["credit",1,"wait","waiting",1780306500000000,3,null,null,null,null,null,null,null,null,null,"61ecc7991873dfecf1030c7ae9359a1c"]],"arrivals":[[1,3,1780306500000000]],"visits":{"enter":1,"credit":1}}', '\xfb25ee78c5459eab53311bc07015ad585eb669f724c904a6ceed6a87f9a1b82c'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'ending-credit', 'ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'open', 2, 1780306500000000, NULL, NULL, 0, NULL, '{"request":{"total":1000000,"customer":"sha256:6e22a58599e7a910c44b7b2226b53325","boxes":[{"#":"1","receiver":"sha256:5f2d0a8b58d102ce82993592038ef353"},{"#":"2","receiver":"sha256:2390b0ae1fc846fc959fac4ba2513f16"}],"number":"ending-credit"}}', '{"marking":1,"at":1780306500000000,"tasks":[["look",1,"task","offered",1780306500000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"look":1},"parent":["01a2056b1a1b7740b388c05656102631","credit",1,null]}', '\xcbc4feb3dcfb28250e863945e08d52a7f8826a2f74b34a4a158f7150c56acbfa'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'called-credit', 'ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'open', 2, 1780306500000000, NULL, NULL, 0, NULL, '{"request":{"total":1000000,"customer":"sha256:2a0b9204d39caa5eb37a7caee76fb402","boxes":[{"#":"1","receiver":"sha256:fd2755f924e3fb88e09e28afb0ee5d54"},{"#":"2","receiver":"sha256:61e6364493a98ccc94719a6fc7c08bf6"}],"number":"called-credit"}}', '{"marking":1,"at":1780306500000000,"tasks":[["look",1,"task","offered",1780306500000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"look":1},"parent":["01a2056b1a1077ef8c3073302ee0e493","credit",1,null]}', '\x85271b0fc1222fc7a1f3d2e1992217613a62174d3da2ac2b03d7280a41d5e987'),
	('\x01a2056b1a1b7740b388c05656102631', 'ending', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'cancelling', 6, 1780306500000000, NULL, NULL, 0, NULL, '{"order":{"number":"ending","priority":0,"zone":"A","customer":"sha256:fb3c515f1141052f784084ecccbad445","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:51f0346b651a405699ef7c0bcd1cff55"},{"#":"2","receiver":"sha256:3f849004244aee490675c4d679086adc"}]}}', '{"marking":2,"at":1780306500000000,"tasks":[["credit",1,"wait","waiting",1780306500000000,3,null,null,null,null,null,null,null,null,null,"aaa28ee0fa74eef8f5460b24deed8336"]],"arrivals":[[1,3,1780306500000000]],"visits":{"enter":1,"credit":1},"cancellation":["customer changed their mind",null]}', '\x219af0a81f9e3a6a9feb2248cc8fb06894ce1b27d97d1fe012ae11aed8dfee02'),
	('\x01a2056b1a5b76528d369e7804aba5c8', 'entering', '52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'open', 2, 1780306500000000, NULL, NULL, 3, NULL, '{"order":{"number":"entering","priority":3,"zone":"B","customer":"sha256:e180a5ee4d0d26e3fabfe99f6696ba33","total":50000,"lines":[],"parcels":[]}}', '{"marking":1,"at":1780306500000000,"tasks":[["enter",1,"task","offered",1780306500000000,null,1780320900000000,null,null,null,null,null,[1780313700000000]]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\xccc206e31d2bbe7d68d80c37b1825d4cd572c40107078cc91c410d5e073b2668'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 'paused', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 6, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"paused","priority":1,"customer":"sha256:a93639ce388e58a2047dac29a86c177d"}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","paused",1780306500000000,null,1780310100000000,null,"anna",1780306500000000,1780306500000000,null,null,null,null,null,[[1780306920000000,null]]]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\x112ca205478a881cfe318be54cf02e3ffeb4cabbf44a95098a0bdb39a28b7094'),
	('\x01a2056b1a827179b391ec7d77805c3f', 'given', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 6, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"given","priority":1,"customer":"sha256:4480bac08855e5ff02394add54b465e5"}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","claimed",1780306500000000,null,1780310100000000,null,"berta",1780306920000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\x03a36061751be0f97457decd791794065ae336a301f322ab4ab2bc1f6e7f0b04'),
	('\x01a2056b1a847419996c048ec0d50d1e', 'stuck', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 5, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"stuck","priority":1,"customer":"sha256:0ce0706be7449011d8d9357c0ce96f04"}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","offered",1780306500000000,null,1780310100000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1},"incidents":{"enter":"the scanner is broken"}}', '\x22b5ed8461df9d95c79a381dfd724bed7cc61073294d6a3b7e9b9acb5adc9717'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 'again', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 6, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"again","priority":1,"customer":"sha256:4fa1d60402763d18403d41d26c35548b"}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","offered",1780306500000000,null,1780310100000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\x9196bf2ff691cb35a06a175979cf3e882ef5a307c4fe8e02b7a1a58cd3b5143b'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 'moved', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 6, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"moved","priority":1,"customer":"sha256:2e3187ffebd2f2cac8c34bf5966cf8f9"}}', '{"marking":16,"at":1780306920000000,"tasks":[["book",1,"task","offered",1780306920000000,3]],"arrivals":[[4,3,1780306920000000]],"visits":{"enter":1,"book":1}}', '\xc7c13b5dfd6558c5eb131c73c678b3cc4b48a64737f16655807ec1ca4a502734'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 'right', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 5, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"right","priority":1,"customer":"sha256:d4b53ec0ae5052e871485c64c4c1d057","total":70000}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","offered",1780306500000000,null,1780310100000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\x237be2d993029213ec51a4c6de1cdaed67dd098e0fc45d7d7ec86211d1efc450'),
	('\x01a2056b1aa37135b01fe1e56527deac', 'unknown', '3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'open', 5, 1780306500000000, NULL, NULL, 1, NULL, '{"order":{"number":"unknown","priority":1,"customer":"sha256:a5dffb9aec8d8503cd84cb5b0fc30607"}}', '{"marking":1,"at":1780306920000000,"tasks":[["enter",1,"task","offered",1780306500000000,null,1780310100000000]],"arrivals":[[0,null,1780306500000000]],"visits":{"enter":1}}', '\x09790773888b37ce1d20df90df04b0005e5db2dd012d9d496cfc5100595a2796');


--
-- Data for Name: child; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.child VALUES
	('\x01a2056b1a1077ef8c3073302ee0e493', 'credit', '', 1, '\xdcf95f13cf29ddf6764d6474e0ca6653'),
	('\x01a2056b1a1b7740b388c05656102631', 'credit', '', 1, '\xaaa28ee0fa74eef8f5460b24deed8336'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 'credit', '', 1, '\x61ecc7991873dfecf1030c7ae9359a1c');


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES
	('\x01a2056b1894772f9a8e63185508a638', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1894772f9a8e63185508a638","number":"closed","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"closed","priority":0,"customer":"sha256:c48954f76f333da4b99ad068d3fa9cf2","reference":"ref-closed"}},"marking":1}', '\x4b17671b9e2455270eab978badffdec0d97174078d8ac47b574ff129574e98fe'),
	('\x01a2056b1894772f9a8e63185508a638', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\x5de8189ac656a70d09b614d8171131dadf7c0c3c4465fea7d9dc5c9cd4571917'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b18aa73bca1b08a791b8a47ad","number":"open","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"open","priority":0,"customer":"sha256:25b10ff34b2559ef9017496444e55ba4","reference":"ref-open"}},"marking":1}', '\xb777d1b51f518e9850a4f3298c3386a32dec67eb9a275410a0025841fa472942'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\xe063175d967a344595f4ada3383e1a663a6758bb79a2bd1531dd394daa80a769'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b18b6749a90e5c4f5c19458ea","number":"held","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"held","priority":0,"customer":"sha256:c4f3e2bcb9a963467f96c85da837ace5","reference":"ref-held"}},"marking":1}', '\x4439de29f7d4f945254c01bedce2dadb98c75298defdc14c65f5f1094728b1e5'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\x94c0e3fbf6bcd6095f1ec7c790b08b5bc2093229aa6928c06438f77b2ad45f7f'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b18bb771aaa8c1a980ee1d958","number":"waiting","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"waiting","priority":0,"customer":"sha256:dbd622732ccddfdd3ad4ee229aa8b8aa","reference":"ref-waiting"}},"marking":1}', '\xb3017ce54be3cba197fa8a6dd3d7a2d23caa50c14c40d2affc36765fc140b553'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\x6203b8b847866c8b506dbbc9d6e63b6e1e716b4439a846993c17cf85958923b4'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b18c471d0bac0d1fba5487d0c","number":"cancelled","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"cancelled","priority":0,"customer":"sha256:d9fcf0473ff1094fcf2b36bdf3041937","reference":"ref-cancelled"}},"marking":1}', '\xbc34cbf94b76e085fa7dc5a4b766b1ae1fe9582368ede456675dfd762aea08c9'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\x8f3ccef25ab206603eae180da227ad46aab49e28ce7d89c90330c0049fdb071f'),
	('\x01a2056b18ca720793f85c651b45ba51', 1, 1780304400000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b18ca720793f85c651b45ba51","number":"dear","process":"1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809","data":{"order":{"number":"dear","priority":0,"customer":"sha256:5cd3f4a40c042058c81e2c942e831671","reference":"ref-dear"}},"marking":1}', '\x289e802a3513e78f563912c10278b69c874fbd46214df2a6a9f28d7345a77713'),
	('\x01a2056b18ca720793f85c651b45ba51', 2, 1780304400000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000}', '\x11ed75651b4f176a58eed888ff26587dec26669598cbcf13d8a095cf11f93264'),
	('\x01a2056b1894772f9a8e63185508a638', 3, 1780304700000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000,"started":1780304700000000,"claimed":1780304700000000,"who":"anna","role":"clerk","department":"sales","way":"choice:1","consumed":1,"produced":4,"answers":{"order.total":90000}}', '\x9e883079b31652e75fb3d1f42941ec06370a65a14095c20b5ac0ab0ce9949c9a'),
	('\x01a2056b1894772f9a8e63185508a638', 4, 1780304700000000, 'StepEnded', 'anna', '{"step":"release","visit":1,"kind":"pass","pred":3,"enabled":1780304700000000,"started":1780304700000000,"department":"sales","way":"next","consumed":4,"produced":40}', '\x1f38f46f619633d38f9d33c9c2d08f79a4584c004c8ab1ca18fae583ae9e1c46'),
	('\x01a2056b1894772f9a8e63185508a638', 5, 1780304700000000, 'StepOpened', 'anna', '{"step":"await-payment","visit":1,"kind":"wait","pred":4,"enabled":1780304700000000,"timer":1780563900000000}', '\x25cbf726628ea72725d82df88f800e5c94e5e2890a9d2b6bec14c381b3565776'),
	('\x01a2056b1894772f9a8e63185508a638', 6, 1780304700000000, 'StepOpened', 'anna', '{"step":"pick","visit":1,"kind":"task","pred":4,"enabled":1780304700000000,"due":1780319100000000}', '\xd6c917c9b66a112f98d636facc9346d12d2d78b8c601fe0e1c3a5569a3a1b98d'),
	('\x01a2056b1894772f9a8e63185508a638', 7, 1780304700000000, 'StepEnded', 'outside', '{"step":"await-payment","visit":1,"kind":"wait","pred":4,"enabled":1780304700000000,"started":1780304700000000,"department":"sales","outcome":"payment","way":"message:payment","consumed":8,"produced":16,"answers":{"order.paid":true}}', '\x537f3ec130f5721269c707b70283f3ff32fcacb93239d1657ba186388a366316'),
	('\x01a2056b1894772f9a8e63185508a638', 8, 1780304700000000, 'StepOpened', 'outside', '{"step":"book","visit":1,"kind":"task","pred":7,"enabled":1780304700000000}', '\x821e99b67e3e1a7ba19a25290c8f486b99d425505be60f1736f56c4484d38e5b'),
	('\x01a2056b1894772f9a8e63185508a638', 9, 1780304700000000, 'StepEnded', 'anna', '{"step":"book","visit":1,"kind":"task","pred":7,"enabled":1780304700000000,"started":1780304700000000,"claimed":1780304700000000,"who":"anna","role":"clerk","department":"sales","way":"next","consumed":16,"produced":256,"answers":{"order.phone":null}}', '\x22653d3c68d241977de201aff15324b8e27f8f94601f39ccdafe00058d837b59'),
	('\x01a2056b1894772f9a8e63185508a638', 10, 1780304700000000, 'StepEnded', 'peter', '{"step":"pick","visit":1,"kind":"task","pred":4,"enabled":1780304700000000,"started":1780304700000000,"claimed":1780304700000000,"who":"peter","role":"picker","department":"warehouse","outcome":"ok","due":1780319100000000,"way":"outcome:ok","consumed":32,"produced":128}', '\x9f805664ba66cf93b848627974dd9ab00c8f74854bae81e0cd5a49ba8f21c991'),
	('\x01a2056b1894772f9a8e63185508a638', 11, 1780304700000000, 'StepEnded', 'peter', '{"step":"picked","visit":1,"kind":"pass","pred":10,"enabled":1780304700000000,"started":1780304700000000,"department":"warehouse","way":"next","consumed":128,"produced":512}', '\xbeae3ad97643c0fae1abfac1eb9cce63e9cc9af8b9d9157708d1ab34961c8e9c'),
	('\x01a2056b1894772f9a8e63185508a638', 12, 1780304700000000, 'CancelPassed', 'peter', '{"step":"hand-over"}', '\x227d6afe6d8aba14bc3dc00427cd4dad49e1b3cc34f9c3fc29e6b2362cb313a1'),
	('\x01a2056b1894772f9a8e63185508a638', 13, 1780304700000000, 'StepOpened', 'peter', '{"step":"hand-over","visit":1,"kind":"task","pred":11,"enabled":1780304700000000}', '\xdeacc073aacc4e5f83615f26454cb6fdd0907229faefa633f2533b158e8d00f4'),
	('\x01a2056b1894772f9a8e63185508a638', 14, 1780304700000000, 'StepEnded', 'peter', '{"step":"hand-over","visit":1,"kind":"task","pred":11,"enabled":1780304700000000,"started":1780304700000000,"claimed":1780304700000000,"who":"peter","role":"picker","department":"warehouse","way":"next","consumed":768,"produced":1024}', '\xbbb5e9e416f991c55f754c12f4d7c12e07ec7eacb3d5f60a11c452d8fa1ff0f7'),
	('\x01a2056b1894772f9a8e63185508a638', 15, 1780304700000000, 'StepOpened', 'peter', '{"step":"await-pickup","visit":1,"kind":"wait","pred":14,"enabled":1780304700000000,"timer":1780736700000000}', '\x372ed799a417fc0bb802cc0e3fd0a44729fec5c72d30ae0e979cab1abd3d3e0d'),
	('\x01a2056b1894772f9a8e63185508a638', 16, 1780304700000000, 'StepEnded', 'outside', '{"step":"await-pickup","visit":1,"kind":"wait","pred":14,"enabled":1780304700000000,"started":1780304700000000,"department":"warehouse","outcome":"pickup","way":"message:pickup","consumed":1024,"produced":4096}', '\x46370899948d72842f538bd265d3621b2cf8f97150f219d2e6db5a249edb0a92'),
	('\x01a2056b1894772f9a8e63185508a638', 17, 1780304700000000, 'StepEnded', 'outside', '{"step":"done","visit":1,"kind":"pass","pred":16,"enabled":1780304700000000,"started":1780304700000000,"department":"warehouse","outcome":"success","way":"end","consumed":4096,"produced":32768}', '\xf135309dbd262e09f6012d58f2affae58bd6273560421eff869ce8b9bf9ac1b0'),
	('\x01a2056b1894772f9a8e63185508a638', 18, 1780304700000000, 'CaseClosed', 'outside', '{"outcome":"success","last":17}', '\x45b2b38d7654f6c400b650e63c8224c0fa6c6661201f775205f2a11d701d76d0'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 3, 1780304700000000, 'TaskClaimed', 'anna', '{"step":"enter","visit":1}', '\x26e5ce82f636bd2bf328abee8f14246aa688f404084a34da87cd35a82c121157'),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 4, 1780304700000000, 'NoteAdded', 'anna', '{"text":"Zvanīt pirms piegādes."}', '\x78476c7f6db7e966d35873d80f0a533d54c814477d29e419cca183ea8e00160b'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 3, 1780304700000000, 'TaskStarted', 'berta', '{"step":"enter","visit":1}', '\x7ebfce22f9ee6a2726e89ef9b3c600ffe4c0b50bf3369406e5553d7e65867a04'),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 4, 1780304700000000, 'CaseHeld', 'anna', '{"reason":"address unclear"}', '\x2bd6740a0953bcfc8fd66a35da1663bbbde0832aa99ec9629cc845521c338e7f'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 3, 1780304700000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000,"started":1780304700000000,"claimed":1780304700000000,"who":"anna","role":"clerk","department":"sales","way":"choice:1","consumed":1,"produced":4,"answers":{"order.total":90000}}', '\x8d6b4fd7e00161d5e614e3872765a7ea990eb2f8cbfd1582d44d40de78abf716'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 4, 1780304700000000, 'StepEnded', 'anna', '{"step":"release","visit":1,"kind":"pass","pred":3,"enabled":1780304700000000,"started":1780304700000000,"department":"sales","way":"next","consumed":4,"produced":40}', '\x34cb508e6e82580d0d0e2448ca66727e12d0a36e5bd89bba771e2fd47d3f6f37'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 5, 1780304700000000, 'StepOpened', 'anna', '{"step":"await-payment","visit":1,"kind":"wait","pred":4,"enabled":1780304700000000,"timer":1780563900000000}', '\x998aa27cbf70ff6413b53e3685feb179536f7d05e8df2a831084cff66b23510c'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 6, 1780304700000000, 'StepOpened', 'anna', '{"step":"pick","visit":1,"kind":"task","pred":4,"enabled":1780304700000000,"due":1780319100000000}', '\xecc59cf7ce220d14efd60fcbbc1b40280ac336083efeaf0a46faafb452f8da87'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 7, 1780306500000000, 'StepEnded', 'peter', '{"step":"pick","visit":1,"kind":"task","pred":4,"enabled":1780304700000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","outcome":"short","due":1780319100000000,"way":"outcome:short","consumed":32,"produced":64,"counted":true}', '\x657b5d53b4b287517b86ce8aa4247dd2c29055f41175152149f3aac414630ba4'),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 8, 1780306500000000, 'StepOpened', 'peter', '{"step":"recount","visit":1,"kind":"task","pred":7,"enabled":1780306500000000}', '\xde4fb66e0dc15fe7b578635948a712c4bfc0c24aa9b5e1be9d887965572b0551'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000,"started":1780306500000000,"role":"clerk","department":"sales","outcome":"withdrawn"}', '\xc5a87280b9da03aed65fd491f0d94f23d4881897b0d62bc4538595cf71402a6d'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 4, 1780306500000000, 'CaseCancelled', 'anna', '{"reason":"customer changed their mind","marking":2048,"pred":3}', '\x2a43ec42694aa089b433bdb98412210f209fbc681803f490ede9e9c418cc09bf'),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 5, 1780306500000000, 'StepOpened', 'anna', '{"step":"put-back","visit":1,"kind":"task","pred":3,"enabled":1780306500000000}', '\x0fa4f36ac8a829a8a2732964d49667f77ba0ce35565434f78f325c3c97be62b6'),
	('\x01a2056b18ca720793f85c651b45ba51', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780304400000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","way":"choice:0","consumed":1,"produced":2,"answers":{"order.total":9000000}}', '\x1a0fe10c63efd5e8ddc5786b85b2ec6aec61dfb7280c0fe32f3ec87be98f9424'),
	('\x01a2056b18ca720793f85c651b45ba51', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"approve","visit":1,"kind":"task","pred":3,"enabled":1780306500000000,"due":1780313700000000}', '\x4c4fced7bc8ab10c5825f72235958cf003a72ef145c47e54768159202646cfdf'),
	('\x01a2056b1926716e8d247ae72d29cd98', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1926716e8d247ae72d29cd98","number":"packing","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"packing","priority":0,"zone":"A","customer":"sha256:75c77bb7f91f745993b21bfa8df3dd09","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:539f8ddcccde1d529191e602eb5c7327"},{"#":"2","receiver":"sha256:a09b2ec8ecdb6561d6ee852dbc331d8b"}]}},"marking":1}', '\x61d48c7a4d51f9a92e17f796606be7addc00aea5508b10a6c686fbe46b69d521'),
	('\x01a2056b1926716e8d247ae72d29cd98', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\xa91e3dea108b7f9a5252df30cdb469edd3030b9ae435fe1deeb519469e3a13d5'),
	('\x01a2056b1926716e8d247ae72d29cd98', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\x6175cfccff7372ef94a904eb5cdd1f9c938cddc3748f815d427b1e4dda17b8a7'),
	('\x01a2056b1926716e8d247ae72d29cd98', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\xf51399754ec8c0b0d9b6c28ce4d86836851e682b2b3aada497fe0e471bc40d98'),
	('\x01a2056b1926716e8d247ae72d29cd98', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"4b903cf9751d2a23c166d7a2ff99d7c1","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:75c77bb7f91f745993b21bfa8df3dd09","boxes":[{"#":"1","receiver":"sha256:539f8ddcccde1d529191e602eb5c7327"},{"#":"2","receiver":"sha256:a09b2ec8ecdb6561d6ee852dbc331d8b"}]}}', '\x954dab3af52ee1cfd359038d1d5af22b9e43fb523e309df33ecea27d681aed70'),
	('\x01a2056b1936775e89906f254257fad1', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1936775e89906f254257fad1","number":"labelling","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"labelling","priority":0,"zone":"A","customer":"sha256:197b916083a649d15ef601fade8e8d47","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:c85305a99b5541b469fb47c6bc299287"},{"#":"2","receiver":"sha256:6a0d39946b669b9f14ddea9e2e00c940"}]}},"marking":1}', '\xb6e4a6ab1618370dfda6b85a29a48f97211257f06a1abe5b521617ae6cdac4d7'),
	('\x01a2056b1936775e89906f254257fad1', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\x61fea89c6663bccebc6b1c7077a3248b3f3260b747ef8a634feea455a2f910fd'),
	('\x01a2056b1936775e89906f254257fad1', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\xfefef86772ae672264aa9799ca0ae19734041bfa81e0c20631a2481f19ad1582'),
	('\x01a2056b1936775e89906f254257fad1', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\xf9402ac0f2e00ab7a5e8e11b99a8a0fd2e355a7df0c28131be40315947653078'),
	('\x01a2056b1936775e89906f254257fad1', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"95764a79baa6d712460d063b31fa0f18","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:197b916083a649d15ef601fade8e8d47","boxes":[{"#":"1","receiver":"sha256:c85305a99b5541b469fb47c6bc299287"},{"#":"2","receiver":"sha256:6a0d39946b669b9f14ddea9e2e00c940"}]}}', '\x6f73a2d06112b9ce48116c2a56716c1282d58575e2c06761465570d80a56f51c'),
	('\x01a2056b194274938a56fad48f18af72', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b194274938a56fad48f18af72","number":"queueing","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"queueing","priority":0,"zone":"A","customer":"sha256:f090ed38d237d0b06782c89272eeaecd","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:850878701fac8fba6d96cadd3737252c"},{"#":"2","receiver":"sha256:d189b91a4fcf315da9f853c90ce6b256"}]}},"marking":1}', '\xadcea8f08c1e31128be9dc50ebda2a6c64f38779f087a131e5586502b82f43c3'),
	('\x01a2056b194274938a56fad48f18af72', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\x2213bc3d41005bbe2d4a230ec1153ae9399ff974608a284f5c3fc1a6a78ccff3'),
	('\x01a2056b194274938a56fad48f18af72', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\xea517c16a2d040bc13d8834fd826617d6d9f43520ddd4652a2276fab8778fe30'),
	('\x01a2056b194274938a56fad48f18af72', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\xd5c228a085ce43b143843206c28131d00bec10baf262182a73b1c9ee0e873a1b'),
	('\x01a2056b194274938a56fad48f18af72', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"9630c66444e4cc43b261209f5d4c686a","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:f090ed38d237d0b06782c89272eeaecd","boxes":[{"#":"1","receiver":"sha256:850878701fac8fba6d96cadd3737252c"},{"#":"2","receiver":"sha256:d189b91a4fcf315da9f853c90ce6b256"}]}}', '\x1760ba4927fd6c8625d444691e737d7f2c1023421310b9da53b416859cfb62c2'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 1, 1780306500000000, 'CaseOpened', 'worker', '{"case_id":"4b903cf9751d2a23c166d7a2ff99d7c1","number":"packing-credit","process":"ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808","data":{"request":{"total":1000000,"customer":"sha256:7c398af9db54abf544eb492a14b07fba","boxes":[{"#":"1","receiver":"sha256:b070b9fd9469bd6f482a96cd73fa5056"},{"#":"2","receiver":"sha256:9989db30fd0cfeb82951d021fd70754a"}],"number":"packing-credit"}},"marking":1,"parent":["01a2056b1926716e8d247ae72d29cd98","credit",1,null]}', '\x16192763e31155aadba8ee0b1d74be832c6f761d7a83ad7cd2bbd289ff8bd414'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 2, 1780306500000000, 'StepOpened', 'worker', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000}', '\xaad3356a3d52ec6e8e6684d704acd8536fc81a1b316ad842bc1ff671ec37cfaf'),
	('\x95764a79baa6d712460d063b31fa0f18', 1, 1780306500000000, 'CaseOpened', 'worker', '{"case_id":"95764a79baa6d712460d063b31fa0f18","number":"labelling-credit","process":"ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808","data":{"request":{"total":1000000,"customer":"sha256:9855ea0ea31239ffda7b4a718c2c9ba9","boxes":[{"#":"1","receiver":"sha256:59481b0450568c433bef332146c58337"},{"#":"2","receiver":"sha256:6f4d204b76bdfb73910922fabb00c854"}],"number":"labelling-credit"}},"marking":1,"parent":["01a2056b1936775e89906f254257fad1","credit",1,null]}', '\x429d46ee44b363b22480a29f97682ccf466b2ad2b8fcda139c5d8009aaa244f0'),
	('\x95764a79baa6d712460d063b31fa0f18', 2, 1780306500000000, 'StepOpened', 'worker', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000}', '\x7578fc456bf508c81e2403ce7f1e7c2e697590e829f98d282580d976b65431e3'),
	('\x9630c66444e4cc43b261209f5d4c686a', 1, 1780306500000000, 'CaseOpened', 'worker', '{"case_id":"9630c66444e4cc43b261209f5d4c686a","number":"queueing-credit","process":"ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808","data":{"request":{"total":1000000,"customer":"sha256:81a8789b0e2c7bfb942ec81f1f210ace","boxes":[{"#":"1","receiver":"sha256:c22359b544acb110d2576e3fccc9e5b9"},{"#":"2","receiver":"sha256:052dd3cd81a238ae08d4b483cbe3edc9"}],"number":"queueing-credit"}},"marking":1,"parent":["01a2056b194274938a56fad48f18af72","credit",1,null]}', '\x166ba481846cb199c94c74d5fb9d521aff165b1063bd0f5aad4e89afd349078e'),
	('\x9630c66444e4cc43b261209f5d4c686a', 2, 1780306500000000, 'StepOpened', 'worker', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000}', '\xba6155b5b3b18cce55b4d17d226ee2d4edc54ea84e731cee5d4f26357bb7e30a'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"finance","way":"choice:0","consumed":1,"produced":2,"answers":{"request.verdict":"ok"}}', '\xed5dc4676c1ce87531e466d9be2b73e82540292856f86b666d80c36a5acbd4f8'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 4, 1780306500000000, 'StepEnded', 'anna', '{"step":"good","visit":1,"kind":"pass","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"finance","outcome":"success","way":"end","consumed":2,"produced":8}', '\xd07307f8544ccf9e80e21a6cf1337221d36a8fd3579a30a43e8f29908dd6c640'),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', 5, 1780306500000000, 'CaseClosed', 'anna', '{"outcome":"success","last":4}', '\x5270a807e587efacd4f581b4923d5aec0239ef86399b87b0361227809e234d6b'),
	('\x95764a79baa6d712460d063b31fa0f18', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"finance","way":"choice:0","consumed":1,"produced":2,"answers":{"request.verdict":"ok"}}', '\xbe75b2da48599c9f398dd400b3eaf432027e1c4fe93d736c70886ccd55ea887a'),
	('\x95764a79baa6d712460d063b31fa0f18', 4, 1780306500000000, 'StepEnded', 'anna', '{"step":"good","visit":1,"kind":"pass","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"finance","outcome":"success","way":"end","consumed":2,"produced":8}', '\x842f0745c45056015b20168fed362c8645b9aeafcef311412ce993fc1f7f6e2b'),
	('\x95764a79baa6d712460d063b31fa0f18', 5, 1780306500000000, 'CaseClosed', 'anna', '{"outcome":"success","last":4}', '\x3bf3d0fe93b1f6aacb65e6dabdeb34dcad03af0e4eb7ff5debd6e4c6a167a379'),
	('\x9630c66444e4cc43b261209f5d4c686a', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"finance","way":"choice:0","consumed":1,"produced":2,"answers":{"request.verdict":"ok"}}', '\x8afc7cece1e0ed3763be8aeefa2c2c877169c84566ca06b9bfc9333563867d33'),
	('\x9630c66444e4cc43b261209f5d4c686a', 4, 1780306500000000, 'StepEnded', 'anna', '{"step":"good","visit":1,"kind":"pass","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"finance","outcome":"success","way":"end","consumed":2,"produced":8}', '\x9214713e219475490a01593c69fe2025ff89061bd2ae1a20018a7fae7315782b'),
	('\x9630c66444e4cc43b261209f5d4c686a', 5, 1780306500000000, 'CaseClosed', 'anna', '{"outcome":"success","last":4}', '\x4eab99c26f8c36f3902da5d3f1228bf37f810f4f639e78669749f72d8618b438'),
	('\x01a2056b1926716e8d247ae72d29cd98', 6, 1780306500000000, 'StepEnded', 'worker', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"success","way":"outcome:success","consumed":2,"produced":4,"answers":{"order.credit":"ok"}}', '\x2092b456f0ee6957267ceb9924fc178d1a9c4194799fd338361a19f8093d2042'),
	('\x01a2056b1926716e8d247ae72d29cd98', 7, 1780306500000000, 'StockAsked', 'worker', '{"step":"reserve","visit":1,"verb":"reserve","items":[["order.lines#1","A1",2]],"partly":true}', '\x6934f53b712d528ddb2a389632dc6a89dfafd4b872ed5fec7ec1ae98c66085ea'),
	('\x01a2056b1926716e8d247ae72d29cd98', 8, 1780306500000000, 'StockAnswered', 'worker', '{"step":"reserve","visit":1,"given":{"order.lines#1":2},"reversible":true}', '\xda5e33936322b6def67d95ebf941e512255e6e6bc66e8acfd0b66ff2df9aaccc'),
	('\x01a2056b1926716e8d247ae72d29cd98', 9, 1780306500000000, 'StepEnded', 'worker', '{"step":"reserve","visit":1,"kind":"pass","pred":6,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"all","way":"outcome:all","consumed":4,"produced":32}', '\x23fddff517f2156f7a85da8e1451fa2d2169cf5d5b56889a53078a7118d8462e'),
	('\x01a2056b1926716e8d247ae72d29cd98', 10, 1780306500000000, 'StepOpened', 'worker', '{"step":"release","visit":1,"kind":"wait","pred":9,"enabled":1780306500000000}', '\x878413df48faae21738f3fdc10d2d0516c3d518ce7c5551bbbee6cef07b1ac4a'),
	('\x01a2056b1936775e89906f254257fad1', 6, 1780306500000000, 'StepEnded', 'worker', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"success","way":"outcome:success","consumed":2,"produced":4,"answers":{"order.credit":"ok"}}', '\x067c44bf69d12e55aa6033cd24d031792cfe159127739bb64f63c0246ae961d5'),
	('\x01a2056b1936775e89906f254257fad1', 7, 1780306500000000, 'StockAsked', 'worker', '{"step":"reserve","visit":1,"verb":"reserve","items":[["order.lines#1","A1",2]],"partly":true}', '\x7b165f8bea4b1dbceaeadbf84a762a52d81aa3cfa134b98907077fd299d3a485'),
	('\x01a2056b1936775e89906f254257fad1', 8, 1780306500000000, 'StockAnswered', 'worker', '{"step":"reserve","visit":1,"given":{"order.lines#1":2},"reversible":true}', '\x21989bb473e5f7c60218aae6a417914fbaa8b39597e021fc37195ab5255ebd52'),
	('\x01a2056b1936775e89906f254257fad1', 9, 1780306500000000, 'StepEnded', 'worker', '{"step":"reserve","visit":1,"kind":"pass","pred":6,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"all","way":"outcome:all","consumed":4,"produced":32}', '\xee439187f7f677d2a4cb90f2a31b35046c76f49b4b46a222d1d3aec24d8780f9'),
	('\x01a2056b1936775e89906f254257fad1', 10, 1780306500000000, 'StepOpened', 'worker', '{"step":"release","visit":1,"kind":"wait","pred":9,"enabled":1780306500000000}', '\x2313386c5e5f0012867b6549794cf5d232d9649e2d5a8b7eee856ccdf4363fbb'),
	('\x01a2056b194274938a56fad48f18af72', 6, 1780306500000000, 'StepEnded', 'worker', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"success","way":"outcome:success","consumed":2,"produced":4,"answers":{"order.credit":"ok"}}', '\x8f9b3903ad9295e8fc2f64da2c70c7f4df4dcbabaf9c7163a79da856f06c9ebd'),
	('\x01a2056b194274938a56fad48f18af72', 7, 1780306500000000, 'StockAsked', 'worker', '{"step":"reserve","visit":1,"verb":"reserve","items":[["order.lines#1","A1",2]],"partly":true}', '\x15ec4a40a562764f24afe2a03ea817ed876b5a9f9ce1830922442938fc936045'),
	('\x01a2056b194274938a56fad48f18af72', 8, 1780306500000000, 'StockAnswered', 'worker', '{"step":"reserve","visit":1,"given":{"order.lines#1":2},"reversible":true}', '\xd9befb2d05bc41d1f53e5e964d6b7743094a442829873ad502975fbc50ccd623'),
	('\x01a2056b194274938a56fad48f18af72', 9, 1780306500000000, 'StepEnded', 'worker', '{"step":"reserve","visit":1,"kind":"pass","pred":6,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","outcome":"all","way":"outcome:all","consumed":4,"produced":32}', '\x34622d37982679cc9abd89e3102f3dc34727a74b5db4b1eb392f426f4633a2aa'),
	('\x01a2056b194274938a56fad48f18af72', 10, 1780306500000000, 'StepOpened', 'worker', '{"step":"release","visit":1,"kind":"wait","pred":9,"enabled":1780306500000000}', '\x2fe1d3305b3cf10b3075e5ee0892c8343d1e85242e1bdcae9622ac7818890632'),
	('\x01a2056b1936775e89906f254257fad1', 11, 1780306500000000, 'StepEnded', 'worker', '{"step":"release","visit":1,"kind":"wait","pred":9,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","way":"next","consumed":32,"produced":64,"gated":true}', '\x279014fe74a7fe23d874fa3cacdadb622e53177b61303b110eb2e80229ca7942'),
	('\x01a2056b1936775e89906f254257fad1', 12, 1780306500000000, 'StepOpened', 'worker', '{"step":"pick","visit":1,"kind":"task","pred":11,"enabled":1780306500000000,"batch":"A"}', '\x71b700493f5dd0583aa8ab8d0194adfbe5627327bf419d6bf9d2433700e9660a'),
	('\x01a2056b1926716e8d247ae72d29cd98', 11, 1780306500000000, 'StepEnded', 'worker', '{"step":"release","visit":1,"kind":"wait","pred":9,"enabled":1780306500000000,"started":1780306500000000,"department":"sales","way":"next","consumed":32,"produced":64,"gated":true}', '\x89454d234ed42f77f715a1a9769e3af956bd387eb30558482bcede5a06b50abd'),
	('\x01a2056b1926716e8d247ae72d29cd98', 12, 1780306500000000, 'StepOpened', 'worker', '{"step":"pick","visit":1,"kind":"task","pred":11,"enabled":1780306500000000,"batch":"A"}', '\xca415485056345de1350135eae533999f67718899f9066b70eff850067791f09'),
	('\x01a2056b1926716e8d247ae72d29cd98', 13, 1780306500000000, 'TaskClaimed', 'peter', '{"step":"pick","visit":1,"group":"01a2056b19eb766183f64b06823baf80"}', '\x9f46210d2a87292a23e80fb482290f20af3a1c136406ce6f6f8608b3a0cc1082'),
	('\x01a2056b1936775e89906f254257fad1', 13, 1780306500000000, 'TaskClaimed', 'peter', '{"step":"pick","visit":1,"group":"01a2056b19eb766183f64b06823baf80"}', '\xa9b74ea96d6664d75f5b5aa739947ab117e91d552b97896f6a5deac34d4e3ee7'),
	('\x01a2056b1926716e8d247ae72d29cd98', 14, 1780306500000000, 'StepEnded', 'peter', '{"step":"pick","visit":1,"kind":"task","pred":11,"enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","way":"next","consumed":64,"produced":128}', '\x1c604d3826169c121ae950e35ec926f0d97235538a91f3ca7f5b065be0d974a4'),
	('\x01a2056b1926716e8d247ae72d29cd98', 15, 1780306500000000, 'StepOpened', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"element":"1"}', '\x9a7ed83b08e1a91061bda539158d265a81fd0890fe2d5efba43d776802a01a84'),
	('\x01a2056b1926716e8d247ae72d29cd98', 16, 1780306500000000, 'StepOpened', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"element":"2"}', '\xeef57b2226b5e2def23df6950d813db5461747dacb43d8e1d9eb6fd25f2ac784'),
	('\x01a2056b1936775e89906f254257fad1', 14, 1780306500000000, 'StepEnded', 'peter', '{"step":"pick","visit":1,"kind":"task","pred":11,"enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","way":"next","consumed":64,"produced":128}', '\x17303e373c5e38382ad060dcf013d534726431e50c2590bc238af9ff7192a979'),
	('\x01a2056b1936775e89906f254257fad1', 15, 1780306500000000, 'StepOpened', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"element":"1"}', '\x2acc2c2e5e6f3ad4ad5d08db420de1dcb0d7c6790563c108d085136040dc5522'),
	('\x01a2056b1936775e89906f254257fad1', 16, 1780306500000000, 'StepOpened', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"element":"2"}', '\xa2bee8cb2491be6bd0ab62e467166c699131deecd95e412a9b375dcc0d4a0c68');
INSERT INTO public.event VALUES
	('\x01a2056b1936775e89906f254257fad1', 17, 1780306500000000, 'StepEnded', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","answers":{"order.parcels#1.weight":2500000,"order.parcels#1.damaged":false,"order.parcels#1.receiver":"sha256:f48b4a7e4ed93ce7a56ad6298822c4f8"},"element":"1"}', '\x5f9210f42190fd764bf0a344693240f6b2cbb6bc8b6feb3b70eb5a0dc15a76fc'),
	('\x01a2056b1936775e89906f254257fad1', 18, 1780306500000000, 'StepEnded', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","way":"next","consumed":128,"produced":256,"answers":{"order.parcels#2.weight":2500000,"order.parcels#2.damaged":false,"order.parcels#2.receiver":"sha256:8e526abcefab3d1906e8df4b0544982f"},"element":"2"}', '\x450a89dfd91395388b7db7230317e3236b0e3543d23fdbf4a7690b15d4f04614'),
	('\x01a2056b1936775e89906f254257fad1', 19, 1780306500000000, 'StepOpened', 'peter', '{"step":"label","visit":1,"kind":"wait","pred":18,"enabled":1780306500000000}', '\x2ec4063ed66811dbec035ed0e618b2b7cdf1e795200b870a5e346576dc74db08'),
	('\x01a2056b1936775e89906f254257fad1', 20, 1780306500000000, 'AutomationAsked', 'peter', '{"step":"label","visit":1,"text":"http POST https://labels.example.com/make"}', '\xa6a9658eb462ed710b627598a994c08ce16f3743a6285ef488268596dc382fea'),
	('\x01a2056b1926716e8d247ae72d29cd98', 17, 1780306500000000, 'StepEnded', 'peter', '{"step":"pack","visit":1,"kind":"task","pred":14,"enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"peter","role":"picker","department":"warehouse","answers":{"order.parcels#2.weight":2500000,"order.parcels#2.damaged":false,"order.parcels#2.receiver":"sha256:9789120b239e55434802ab78a170459a"},"element":"2"}', '\x4e5b7d9da870b2a8d29f08e72b865c44d2cf779ebb07a586a4e184f07eba3496'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a1077ef8c3073302ee0e493","number":"called","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"called","priority":0,"zone":"A","customer":"sha256:4f34828e252e3bbf7ead7985d40c4f44","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:8fa14b464914651789a63f8bdef75de4"},{"#":"2","receiver":"sha256:fe616ee10d0e5c0beb94f8ec445f9130"}]}},"marking":1}', '\xed3405a2787bf0b1d3c674a2f9b6a4c6aa4815689d08073db123b6a0e0e04960'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\xa4c4e094e32d76a8868b6b26c4b6d706035844db482672d83030400aeeca3f25'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\x12ea34d708e3d53048c4e7106bd3134c1737f7556b28ccb652f55aedece544dc'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\x383d5a7b62f26aa9cf8ba401c5274842f20b3ed30053d95c6c63c7e115a7d6b6'),
	('\x01a2056b1a1077ef8c3073302ee0e493', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"dcf95f13cf29ddf6764d6474e0ca6653","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:4f34828e252e3bbf7ead7985d40c4f44","boxes":[{"#":"1","receiver":"sha256:8fa14b464914651789a63f8bdef75de4"},{"#":"2","receiver":"sha256:fe616ee10d0e5c0beb94f8ec445f9130"}]}}', '\xd65d7aa974db7d06290b34f693c6a86993b7bb32d1e09ed15e00b376d3b3d17e'),
	('\x01a2056b1a1b7740b388c05656102631', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a1b7740b388c05656102631","number":"ending","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"ending","priority":0,"zone":"A","customer":"sha256:fb3c515f1141052f784084ecccbad445","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:51f0346b651a405699ef7c0bcd1cff55"},{"#":"2","receiver":"sha256:3f849004244aee490675c4d679086adc"}]}},"marking":1}', '\x1856ca68f1e7680b0a67ec7ba76407d410ed9735452e025596c39ccc88172d71'),
	('\x01a2056b1a1b7740b388c05656102631', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\x735203e3589c26fe1e3781af659f2924a39e186c80205fc501212891c58db082'),
	('\x01a2056b1a1b7740b388c05656102631', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\xa92d54671888c4fc76223f27931f76408e36ef1a92d6660234eef865ae741630'),
	('\x01a2056b1a1b7740b388c05656102631', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\xa73fa397d589703c282d8aa90cf96751c1f3b74ba1130438453594a2c7bd7c1d'),
	('\x01a2056b1a1b7740b388c05656102631', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"aaa28ee0fa74eef8f5460b24deed8336","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:fb3c515f1141052f784084ecccbad445","boxes":[{"#":"1","receiver":"sha256:51f0346b651a405699ef7c0bcd1cff55"},{"#":"2","receiver":"sha256:3f849004244aee490675c4d679086adc"}]}}', '\x56f4f2032fd701846c89ad248927cbf44ad1b858cce8956cc5b5d6fc02fde59c'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 1, 1780306500000000, 'CaseOpened', 'worker', '{"case_id":"dcf95f13cf29ddf6764d6474e0ca6653","number":"called-credit","process":"ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808","data":{"request":{"total":1000000,"customer":"sha256:2a0b9204d39caa5eb37a7caee76fb402","boxes":[{"#":"1","receiver":"sha256:fd2755f924e3fb88e09e28afb0ee5d54"},{"#":"2","receiver":"sha256:61e6364493a98ccc94719a6fc7c08bf6"}],"number":"called-credit"}},"marking":1,"parent":["01a2056b1a1077ef8c3073302ee0e493","credit",1,null]}', '\xd6aff563a945e31d0bd20a20fc861c131ab7d063fa65a38ee63b8600bd8e6a03'),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 2, 1780306500000000, 'StepOpened', 'worker', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000}', '\x85271b0fc1222fc7a1f3d2e1992217613a62174d3da2ac2b03d7280a41d5e987'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 1, 1780306500000000, 'CaseOpened', 'worker', '{"case_id":"aaa28ee0fa74eef8f5460b24deed8336","number":"ending-credit","process":"ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808","data":{"request":{"total":1000000,"customer":"sha256:6e22a58599e7a910c44b7b2226b53325","boxes":[{"#":"1","receiver":"sha256:5f2d0a8b58d102ce82993592038ef353"},{"#":"2","receiver":"sha256:2390b0ae1fc846fc959fac4ba2513f16"}],"number":"ending-credit"}},"marking":1,"parent":["01a2056b1a1b7740b388c05656102631","credit",1,null]}', '\xdd778e3f65114d1904c7f4f52e50c3e64163c0bf888188738427ef217900c785'),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 2, 1780306500000000, 'StepOpened', 'worker', '{"step":"look","visit":1,"kind":"task","enabled":1780306500000000}', '\xcbc4feb3dcfb28250e863945e08d52a7f8826a2f74b34a4a158f7150c56acbfa'),
	('\x01a2056b1a1b7740b388c05656102631', 6, 1780306500000000, 'CancelBegun', 'anna', '{"reason":"customer changed their mind"}', '\x219af0a81f9e3a6a9feb2248cc8fb06894ce1b27d97d1fe012ae11aed8dfee02'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a4f725f9b2ee155279b3ec9","number":"calling","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"calling","priority":0,"zone":"A","customer":"sha256:5dbd029f72e92a4c91058af63d2f1eb2","total":1000000,"lines":[{"#":"1","sku":"A1","quantity":2}],"parcels":[{"#":"1","receiver":"sha256:7ba76dcbe30532edab8a6b186fa6b216"},{"#":"2","receiver":"sha256:753c9d86ae2e9640a9dc747c32678b2c"}]}},"marking":1}', '\x3e68aaa4ab17bc21b7aa8fcee562d66df5586ff909d0903ec41b8aed1f5d88f5'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\x058749c79c0fa077871bc97d15d7d718b8e0185c23624109a6d4fca4a65f3f94'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 3, 1780306500000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306500000000,"claimed":1780306500000000,"who":"anna","role":"clerk","department":"sales","due":1780320900000000,"way":"next","consumed":1,"produced":2}', '\x13c6319ff0fa296e0f459cb3594eec39bca6e1eb56f28ce58dbb3eda6188e63a'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 4, 1780306500000000, 'StepOpened', 'anna', '{"step":"credit","visit":1,"kind":"wait","pred":3,"enabled":1780306500000000}', '\x2a2220cf4e67addafe83e626b08345a412f78b50877de131c9874004c1cefbd5'),
	('\x01a2056b1a4f725f9b2ee155279b3ec9', 5, 1780306500000000, 'ChildAsked', 'anna', '{"step":"credit","visit":1,"child":"61ecc7991873dfecf1030c7ae9359a1c","process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:5dbd029f72e92a4c91058af63d2f1eb2","boxes":[{"#":"1","receiver":"sha256:7ba76dcbe30532edab8a6b186fa6b216"},{"#":"2","receiver":"sha256:753c9d86ae2e9640a9dc747c32678b2c"}]}}', '\xfb25ee78c5459eab53311bc07015ad585eb669f724c904a6ceed6a87f9a1b82c'),
	('\x01a2056b1a5b76528d369e7804aba5c8', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a5b76528d369e7804aba5c8","number":"entering","process":"52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6","data":{"order":{"number":"entering","priority":3,"zone":"B","customer":"sha256:e180a5ee4d0d26e3fabfe99f6696ba33","total":50000,"lines":[],"parcels":[]}},"marking":1,"priority":3}', '\x6b9cce0be78a599c4210dda0f4b6bb88cabb7801727d464cdb84d53b6bceb6f9'),
	('\x01a2056b1a5b76528d369e7804aba5c8', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780320900000000,"alarms":[1780313700000000]}', '\xccc206e31d2bbe7d68d80c37b1825d4cd572c40107078cc91c410d5e073b2668'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a7677d8957ea423a918d6f8","number":"paused","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"paused","priority":1,"customer":"sha256:a93639ce388e58a2047dac29a86c177d"}},"marking":1,"priority":1}', '\x4178107a20f9552a08cfc4584a05b5861178e455eafdb026abacc3baaa4108d0'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\x4e50dc67378939bf6837487a5169e536b5ac0626481770794e83380a5463fc9b'),
	('\x01a2056b1a827179b391ec7d77805c3f', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a827179b391ec7d77805c3f","number":"given","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"given","priority":1,"customer":"sha256:4480bac08855e5ff02394add54b465e5"}},"marking":1,"priority":1}', '\x672514e04e240034c9cc3ba2bfe4901cd2e56f6a32f3e637900d6034b26f7e85'),
	('\x01a2056b1a827179b391ec7d77805c3f', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\xd615f29a6ddb5935d278859627ba3dda56113f8f9f28d4700730634804929f21'),
	('\x01a2056b1a847419996c048ec0d50d1e', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a847419996c048ec0d50d1e","number":"stuck","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"stuck","priority":1,"customer":"sha256:0ce0706be7449011d8d9357c0ce96f04"}},"marking":1,"priority":1}', '\xfa47774acc709538ca538bd25424ebe03053bfaeeb753979558dce4b9a0e150a'),
	('\x01a2056b1a847419996c048ec0d50d1e', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\x4ffdcbfb867bf25ea0ba6427b9b16f3be6671613df8f0a8d66b573a7309bf1ef'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a8f71839c6676ea27e1d4e1","number":"again","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"again","priority":1,"customer":"sha256:4fa1d60402763d18403d41d26c35548b"}},"marking":1,"priority":1}', '\x67a5c109c0cb81ef3a8558a76ac0c4f918f43b188188fd231cd959960279b441'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\xfbf5ed3f3ae69d47fdce7e61540fc8f20b222efddd48e3ec8f732815d52f5b4c'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a9a75cebc2e0b59270bca51","number":"moved","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"moved","priority":1,"customer":"sha256:2e3187ffebd2f2cac8c34bf5966cf8f9"}},"marking":1,"priority":1}', '\xbc19ca2bf96a14a5b8687759a4f87c0ef6d8cdf7d2c01004bd4b322246291da0'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\x0279b7d3d4d55cf26221e7f385718c4d0a3751c1921fa51a60c745eaebb97161'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1a9e730681a0a2aa835b1298","number":"right","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"right","priority":1,"customer":"sha256:67131699adaea84e8a1844fbcf6cd3dc"}},"marking":1,"priority":1}', '\x486df1be0284097816667eabff2de510ee3ab98b67c26dfef358944b3de90ec8'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\xbbd974368bc2494b972d7a3352b4e623839a605b9439d6ea24275100418951b4'),
	('\x01a2056b1aa37135b01fe1e56527deac', 1, 1780306500000000, 'CaseOpened', 'anna', '{"case_id":"01a2056b1aa37135b01fe1e56527deac","number":"unknown","process":"68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1","data":{"order":{"number":"unknown","priority":1,"customer":"sha256:a5dffb9aec8d8503cd84cb5b0fc30607"}},"marking":1,"priority":1}', '\x87560b61245421aa53f253efe02bf759a845ec5b771d9c7d7efa6f920bef3233'),
	('\x01a2056b1aa37135b01fe1e56527deac', 2, 1780306500000000, 'StepOpened', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"due":1780313700000000}', '\x4ed43767fdfb7869a848aa2b8251401b84496fb8675e6e0e2126b430eb816493'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 3, 1780306500000000, 'TaskStarted', 'anna', '{"step":"enter","visit":1}', '\x92ece6ed956a186ffcd36085a59297591b9f4a757531d3473fc53f21aa70689c'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 4, 1780306920000000, 'TaskPaused', 'anna', '{"step":"enter","visit":1,"reason":"lunch"}', '\xe47fbae68e325a0f7bb591edef9b1a84924b77463fc3efd856cdfc49454889a9'),
	('\x01a2056b1a827179b391ec7d77805c3f', 3, 1780306920000000, 'TaskClaimed', 'anna', '{"step":"enter","visit":1}', '\x720a003fa2e25880c3b6b32eef3d7bf3dede41e2f74b4dbfac8aa3a8599b029d'),
	('\x01a2056b1a827179b391ec7d77805c3f', 4, 1780306920000000, 'TaskReassigned', 'anna', '{"step":"enter","visit":1,"to":"berta"}', '\x652182103e00ea3ad8f148a8563365f4539632e9fafb7e4c8fa3688c86b9b381'),
	('\x01a2056b1a847419996c048ec0d50d1e', 3, 1780306920000000, 'IncidentRaised', 'anna', '{"step":"enter","reason":"the scanner is broken"}', '\xf126530a177f8eaa96d487f42f6b4a7c0c48ec5b40fac074a7ac5aa8cadd7ee3'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 3, 1780306920000000, 'IncidentRaised', 'anna', '{"step":"enter","reason":"no paper"}', '\xfce65a71e90948472f9e904a4fc61ba07d61fee4dc3166f07425b7aa15b87d23'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 4, 1780306920000000, 'IncidentResolved', 'anna', '{"step":"enter","reason":"paper is here"}', '\xfe08967b44b9e01ba4d6cf135caacc52fd85a79553c2a742fb621eb5a7aee09a'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 3, 1780306920000000, 'StepEnded', 'anna', '{"step":"enter","visit":1,"kind":"task","enabled":1780306500000000,"started":1780306920000000,"role":"clerk","department":"sales","outcome":"withdrawn","due":1780313700000000}', '\xc70d8425270ea83c7513afea34422485f84feae7eb2c98ce86017ae19d110df6'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 4, 1780306920000000, 'TokenMoved', 'anna', '{"from_step":"enter","to_step":"book","consumed":1,"produced":16,"reason":"entered on paper","pred":3}', '\xab98947687d01a74315a58e5ea10697b81bc9b07d5c620559a004b93f8c35dc1'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 5, 1780306920000000, 'StepOpened', 'anna', '{"step":"book","visit":1,"kind":"task","pred":3,"enabled":1780306920000000}', '\xeefd6fb4e957354e38e9327b68288aa2c3db91e4b62ec33f87dd36587facff9e'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 3, 1780306920000000, 'DataChanged', 'anna', '{"values":{"order.customer":"sha256:d4b53ec0ae5052e871485c64c4c1d057","order.total":70000},"reason":"misheard"}', '\x7b54117a66e476affae6cd08ebb4ae400b33dfb0048ad838b71c1d8d0f654943'),
	('\x01a2056b1aa37135b01fe1e56527deac', 3, 1780306920000000, 'PersonalForgotten', 'anna', '{"reason":"asked to be forgotten","fields":["order.customer"]}', '\x088adda9cb2ece6e08e84bb9a15eb55172945462a094400214dd610db4e1989f'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 5, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\xec6ad7270610c517b6289a00ded8fed527b334db8a9a46474cfb7b871cb08bd3'),
	('\x01a2056b1a7677d8957ea423a918d6f8', 6, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x112ca205478a881cfe318be54cf02e3ffeb4cabbf44a95098a0bdb39a28b7094'),
	('\x01a2056b1a827179b391ec7d77805c3f', 5, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\x43d433469c59f703d78414d949024f364ff810a5240020ba2050481fde3012a3'),
	('\x01a2056b1a827179b391ec7d77805c3f', 6, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x03a36061751be0f97457decd791794065ae336a301f322ab4ab2bc1f6e7f0b04'),
	('\x01a2056b1a847419996c048ec0d50d1e', 4, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\x7914d664cba284243919695e5079e2da0decb714e8439fa739862429d7c0dc19'),
	('\x01a2056b1a847419996c048ec0d50d1e', 5, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x22b5ed8461df9d95c79a381dfd724bed7cc61073294d6a3b7e9b9acb5adc9717'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 5, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\xc4d66cdeb1b5a0a42db21660076bda7d8b0a6899ff705e53897e47a59a90cdda'),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 6, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x9196bf2ff691cb35a06a175979cf3e882ef5a307c4fe8e02b7a1a58cd3b5143b'),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 6, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[4,4]]}', '\xc7c13b5dfd6558c5eb131c73c678b3cc4b48a64737f16655807ec1ca4a502734'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 4, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\xe495877d266c9d25f93b69fb2e236c511a0e72dd2a97ac8d0b775d67107a398c'),
	('\x01a2056b1a9e730681a0a2aa835b1298', 5, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x237be2d993029213ec51a4c6de1cdaed67dd098e0fc45d7d7ec86211d1efc450'),
	('\x01a2056b1aa37135b01fe1e56527deac', 4, 1780306920000000, 'CaseMigrated', 'anna', '{"process":"3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c","bits":[[0,0]]}', '\xa82a49adccc860b261254f2b35e1ba008968e4536142f3194d1aa0c34bdd0f5b'),
	('\x01a2056b1aa37135b01fe1e56527deac', 5, 1780306920000000, 'StepRetimed', 'anna', '{"step":"enter","visit":1,"due":1780310100000000,"reason":"version"}', '\x09790773888b37ce1d20df90df04b0005e5db2dd012d9d496cfc5100595a2796');


--
-- Data for Name: feed; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.feed VALUES
	(1, '764', '\x01a2056b1894772f9a8e63185508a638', 1, 2),
	(2, '765', '\x01a2056b18aa73bca1b08a791b8a47ad', 1, 2),
	(3, '766', '\x01a2056b18b6749a90e5c4f5c19458ea', 1, 2),
	(4, '767', '\x01a2056b18bb771aaa8c1a980ee1d958', 1, 2),
	(5, '768', '\x01a2056b18c471d0bac0d1fba5487d0c', 1, 2),
	(6, '769', '\x01a2056b18ca720793f85c651b45ba51', 1, 2),
	(7, '770', '\x01a2056b1894772f9a8e63185508a638', 3, 6),
	(8, '771', '\x01a2056b1894772f9a8e63185508a638', 7, 8),
	(9, '772', '\x01a2056b1894772f9a8e63185508a638', 9, 9),
	(10, '773', '\x01a2056b1894772f9a8e63185508a638', 10, 13),
	(11, '774', '\x01a2056b1894772f9a8e63185508a638', 14, 15),
	(12, '775', '\x01a2056b1894772f9a8e63185508a638', 16, 18),
	(13, '776', '\x01a2056b18aa73bca1b08a791b8a47ad', 3, 3),
	(14, '777', '\x01a2056b18aa73bca1b08a791b8a47ad', 4, 4),
	(15, '778', '\x01a2056b18b6749a90e5c4f5c19458ea', 3, 3),
	(16, '779', '\x01a2056b18b6749a90e5c4f5c19458ea', 4, 4),
	(17, '780', '\x01a2056b18bb771aaa8c1a980ee1d958', 3, 6),
	(18, '781', '\x01a2056b18bb771aaa8c1a980ee1d958', 7, 8),
	(19, '782', '\x01a2056b18c471d0bac0d1fba5487d0c', 3, 5),
	(20, '783', '\x01a2056b18ca720793f85c651b45ba51', 3, 4),
	(21, '785', '\x01a2056b1926716e8d247ae72d29cd98', 1, 2),
	(22, '786', '\x01a2056b1926716e8d247ae72d29cd98', 3, 5),
	(23, '787', '\x01a2056b1936775e89906f254257fad1', 1, 2),
	(24, '788', '\x01a2056b1936775e89906f254257fad1', 3, 5),
	(25, '789', '\x01a2056b194274938a56fad48f18af72', 1, 2),
	(26, '790', '\x01a2056b194274938a56fad48f18af72', 3, 5),
	(27, '792', '\x4b903cf9751d2a23c166d7a2ff99d7c1', 1, 2),
	(28, '793', '\x95764a79baa6d712460d063b31fa0f18', 1, 2),
	(29, '794', '\x9630c66444e4cc43b261209f5d4c686a', 1, 2),
	(30, '795', '\x4b903cf9751d2a23c166d7a2ff99d7c1', 3, 5),
	(31, '796', '\x95764a79baa6d712460d063b31fa0f18', 3, 5),
	(32, '797', '\x9630c66444e4cc43b261209f5d4c686a', 3, 5),
	(33, '799', '\x01a2056b1926716e8d247ae72d29cd98', 6, 10),
	(34, '800', '\x01a2056b1936775e89906f254257fad1', 6, 10),
	(35, '801', '\x01a2056b194274938a56fad48f18af72', 6, 10),
	(36, '802', '\x01a2056b1936775e89906f254257fad1', 11, 12),
	(37, '802', '\x01a2056b1926716e8d247ae72d29cd98', 11, 12),
	(38, '804', '\x01a2056b1926716e8d247ae72d29cd98', 13, 13),
	(39, '804', '\x01a2056b1936775e89906f254257fad1', 13, 13),
	(40, '805', '\x01a2056b1926716e8d247ae72d29cd98', 14, 16),
	(41, '806', '\x01a2056b1936775e89906f254257fad1', 14, 16),
	(42, '807', '\x01a2056b1936775e89906f254257fad1', 17, 17),
	(43, '808', '\x01a2056b1936775e89906f254257fad1', 18, 20),
	(44, '810', '\x01a2056b1926716e8d247ae72d29cd98', 17, 17),
	(45, '811', '\x01a2056b1a1077ef8c3073302ee0e493', 1, 2),
	(46, '812', '\x01a2056b1a1077ef8c3073302ee0e493', 3, 5),
	(47, '813', '\x01a2056b1a1b7740b388c05656102631', 1, 2),
	(48, '814', '\x01a2056b1a1b7740b388c05656102631', 3, 5),
	(49, '816', '\xdcf95f13cf29ddf6764d6474e0ca6653', 1, 2),
	(50, '817', '\xaaa28ee0fa74eef8f5460b24deed8336', 1, 2),
	(51, '819', '\x01a2056b1a1b7740b388c05656102631', 6, 6),
	(52, '820', '\x01a2056b1a4f725f9b2ee155279b3ec9', 1, 2),
	(53, '821', '\x01a2056b1a4f725f9b2ee155279b3ec9', 3, 5),
	(54, '822', '\x01a2056b1a5b76528d369e7804aba5c8', 1, 2),
	(55, '824', '\x01a2056b1a7677d8957ea423a918d6f8', 1, 2),
	(56, '825', '\x01a2056b1a827179b391ec7d77805c3f', 1, 2),
	(57, '826', '\x01a2056b1a847419996c048ec0d50d1e', 1, 2),
	(58, '827', '\x01a2056b1a8f71839c6676ea27e1d4e1', 1, 2),
	(59, '828', '\x01a2056b1a9a75cebc2e0b59270bca51', 1, 2),
	(60, '829', '\x01a2056b1a9e730681a0a2aa835b1298', 1, 2),
	(61, '830', '\x01a2056b1aa37135b01fe1e56527deac', 1, 2),
	(62, '831', '\x01a2056b1a7677d8957ea423a918d6f8', 3, 3),
	(63, '832', '\x01a2056b1a7677d8957ea423a918d6f8', 4, 4),
	(64, '833', '\x01a2056b1a827179b391ec7d77805c3f', 3, 3),
	(65, '834', '\x01a2056b1a827179b391ec7d77805c3f', 4, 4),
	(66, '835', '\x01a2056b1a847419996c048ec0d50d1e', 3, 3),
	(67, '836', '\x01a2056b1a8f71839c6676ea27e1d4e1', 3, 3),
	(68, '837', '\x01a2056b1a8f71839c6676ea27e1d4e1', 4, 4),
	(69, '838', '\x01a2056b1a9a75cebc2e0b59270bca51', 3, 5),
	(70, '839', '\x01a2056b1a9e730681a0a2aa835b1298', 3, 3),
	(71, '840', '\x01a2056b1aa37135b01fe1e56527deac', 3, 3),
	(72, '842', '\x01a2056b1a7677d8957ea423a918d6f8', 5, 6),
	(73, '842', '\x01a2056b1a827179b391ec7d77805c3f', 5, 6),
	(74, '842', '\x01a2056b1a847419996c048ec0d50d1e', 4, 5),
	(75, '842', '\x01a2056b1a8f71839c6676ea27e1d4e1', 5, 6),
	(76, '842', '\x01a2056b1a9a75cebc2e0b59270bca51', 6, 6),
	(77, '842', '\x01a2056b1a9e730681a0a2aa835b1298', 4, 5),
	(78, '842', '\x01a2056b1aa37135b01fe1e56527deac', 4, 5);


--
-- Data for Name: gate_count; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.gate_count VALUES
	('shop', 'release', 2);


--
-- Data for Name: gate_wait; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.gate_wait VALUES
	('\x01a2056b194274938a56fad48f18af72', 'release', 1, 'shop', 'queueing', '\x017fffffffffffffff', 1780306500000000, 0);


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES
	('\x01a2056b1894772f9a8e63185508a638', 'message:6fd240f7af16f47e9471ab47e8d83e64', 7, 8),
	('\x01a2056b1894772f9a8e63185508a638', 'hand-over-1', 14, 15),
	('\x01a2056b1894772f9a8e63185508a638', 'outside/pickup-1', 16, 18),
	('\x01a2056b18aa73bca1b08a791b8a47ad', 'claim-1', 3, 3),
	('\x4b903cf9751d2a23c166d7a2ff99d7c1', '4b903cf9751d2a23c166d7a2ff99d7c1', 1, 2),
	('\x95764a79baa6d712460d063b31fa0f18', '95764a79baa6d712460d063b31fa0f18', 1, 2),
	('\x9630c66444e4cc43b261209f5d4c686a', '9630c66444e4cc43b261209f5d4c686a', 1, 2),
	('\x01a2056b1926716e8d247ae72d29cd98', '4b903cf9751d2a23c166d7a2ff99d7c1', 6, 10),
	('\x01a2056b1936775e89906f254257fad1', '95764a79baa6d712460d063b31fa0f18', 6, 10),
	('\x01a2056b194274938a56fad48f18af72', '9630c66444e4cc43b261209f5d4c686a', 6, 10),
	('\x01a2056b1926716e8d247ae72d29cd98', 'batch-1', 13, 13),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'dcf95f13cf29ddf6764d6474e0ca6653', 1, 2),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'aaa28ee0fa74eef8f5460b24deed8336', 1, 2);


--
-- Data for Name: inbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inbox VALUES
	('message:75cdf64b98e39efdbe1004a1ee0fc42b', 'payment', 'ref-later', 1780306500000000, 'outside', '{"order.paid":true}');


--
-- Data for Name: incident; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.incident VALUES
	('\x01a2056b1a847419996c048ec0d50d1e', 'enter', 'the scanner is broken');


--
-- Data for Name: message_wait; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.message_wait VALUES
	('\x01a2056b18bb771aaa8c1a980ee1d958', 'await-payment', 'payment');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES
	(7, '\x01a2056b1936775e89906f254257fad1', 20, 'http', 'label', '01a2056b1936775e89906f254257fad1:label:1:', '{"step":"label","visit":1,"text":"http POST https://labels.example.com/make"}', 1780306500000000, NULL, 1, 0, 1780306800000000, 'another worker', 1),
	(10, '\x01a2056b1a1b7740b388c05656102631', 6, 'cancel', '', 'aaa28ee0fa74eef8f5460b24deed8336:cancel', '{"child":"aaa28ee0fa74eef8f5460b24deed8336","reason":"customer changed their mind"}', 1780306500000000, NULL, 0, 0, NULL, NULL, 0),
	(11, '\x01a2056b1a4f725f9b2ee155279b3ec9', 5, 'child', '', '61ecc7991873dfecf1030c7ae9359a1c', '{"step":"credit","visit":1,"process":"credit-check","version":1,"data":{"total":1000000,"customer":"sha256:5dbd029f72e92a4c91058af63d2f1eb2","boxes":[{"#":"1","receiver":"sha256:7ba76dcbe30532edab8a6b186fa6b216"},{"#":"2","receiver":"sha256:753c9d86ae2e9640a9dc747c32678b2c"}]}}', 1780306500000000, NULL, 0, 0, NULL, NULL, 0);


--
-- Data for Name: process_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.process_version VALUES
	('ba8b169f645e4cadc99fa94abbb3427d0e508556af9cd06b18ee68ebb97ab808', 'credit-check', 1, 'process: credit-check
version: 1
title: {en: Credit check, lv: Kredīta pārbaude}
for: request
number: request.number
currency: EUR
data:
  request:
    number: text
    total: money
    customer: personal text
    boxes: list of box
    verdict: optional one of [ok, refused]
  box: {receiver: personal text}
departments:
  finance: {title: {en: Finance, lv: Finanses}}
roles:
  clerk: {department: finance, people: 2}
steps:
  look:
    role: clerk
    asks: [request.verdict]
    choose:
      - {when: request.verdict is given and request.verdict == ok, next: good}
      - {else: bad}
  good: {end: success}
  bad: {end: declined}
', '["look","good","bad","end"]', '{"":{"en":"Credit check","lv":"Kredīta pārbaude"},"step/look":{"en":"Look","lv":"Look"},"step/good":{"en":"Good","lv":"Good"},"step/bad":{"en":"Bad","lv":"Bad"},"department/finance":{"en":"Finance","lv":"Finanses"}}'),
	('52a1eee1eac56ed3cc222e5a1460fe582ef90ba9f6405ce74a43a54e194d2bf6', 'shop', 1, 'process: shop
version: 1
title: {en: Shop, lv: Veikals}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    zone: text
    customer: personal text
    total: money
    credit: optional one of [ok, refused]
    label: optional text
    lines: list of line
    parcels: list of parcel
  line: {sku: text, quantity: integer}
  parcel:
    receiver: personal text
    weight: optional weight
    damaged: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    sla: 4h
    escalate: [{at: 50%, notify: sales}]
    next: credit
  credit:
    call: credit-check@1
    gives: {total: order.total, customer: order.customer, boxes: order.parcels}
    takes: {order.credit: result.verdict}
    outcomes: {success: reserve, declined: refused, cancelled: refused}
  reserve:
    do: stock.reserve order.lines
    undo: stock.release order.lines
    outcomes: {all: release, some: backorder, none: backorder}
  backorder:
    role: clerk
    outcomes: {again: {next: reserve, at_most: 5, then: give-up}, no: give-up}
  give-up: {role: clerk, stock: release order.lines, next: refused}
  release:
    gate: {limit: 2, in: [pick, pack, label], first: [order.priority]}
    next: pick
  pick: {role: picker, batch: {up_to: 3, by: [order.zone]}, next: pack}
  pack:
    role: picker
    each: parcel in order.parcels
    scan: [sku]
    asks: [parcel.weight, parcel.damaged, parcel.receiver]
    next: label
  label:
    do: http POST https://labels.example.com/make
    asks: [order.label]
    outcomes: {ok: tell, bad: tell}
  tell: {do: notify sales, next: hand-over}
  hand-over: {role: picker, stock: ship order.lines, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
', '["enter","credit","reserve","backorder","give-up","release","pick","pack","label","tell","hand-over","put-back","done","refused","cancelled","end"]', '{"":{"en":"Shop","lv":"Veikals"},"step/enter":{"en":"Enter","lv":"Enter"},"step/credit":{"en":"Credit","lv":"Credit"},"step/reserve":{"en":"Reserve","lv":"Reserve"},"step/backorder":{"en":"Backorder","lv":"Backorder"},"step/give-up":{"en":"Give up","lv":"Give up"},"step/release":{"en":"Release","lv":"Release"},"step/pick":{"en":"Pick","lv":"Pick"},"step/pack":{"en":"Pack","lv":"Pack"},"step/label":{"en":"Label","lv":"Label"},"step/tell":{"en":"Tell","lv":"Tell"},"step/hand-over":{"en":"Hand over","lv":"Hand over"},"step/put-back":{"en":"Put back","lv":"Put back"},"step/done":{"en":"Done","lv":"Done"},"step/refused":{"en":"Refused","lv":"Refused"},"step/cancelled":{"en":"Cancelled","lv":"Cancelled"},"department/sales":{"en":"Sales","lv":"Pārdošana"},"department/warehouse":{"en":"Warehouse","lv":"Noliktava"}}'),
	('1d585e1215747e538687340e7d3c5de5e8269d2014025a2fb4d21287633fe809', 'sale', 1, 'process: sale
version: 1
title: {en: Sale, lv: Pārdošana}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    total: optional money
    customer: personal text
    phone: optional personal text
    reference: optional text
    paid: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
messages:
  payment: {match: order.reference, sets: [order.paid, order.phone]}
  pickup: {match: order.number}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    asks: [order.total]
    choose:
      - {when: order.total > 500 EUR, next: approve}
      - {else: release}
  approve:
    role: clerk
    sla: 2h
    outcomes: {ok: release, no: refused}
  release: {next: [await-payment, pick]}
  await-payment:
    wait: {payment: book}
    timeout: {after: 3 days, next: book}
  book: {role: clerk, asks: [order.phone], next: hand-over}
  pick:
    role: picker
    sla: 4h
    outcomes:
      ok: picked
      short: {next: recount, at_most: 2, then: picked}
  recount: {role: picker, asks: [order.phone], next: pick}
  picked: {next: hand-over}
  hand-over: {join: all, role: picker, next: await-pickup}
  await-pickup:
    wait: {pickup: done}
    timeout: {after: 5 days, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
', '["enter","approve","release","await-payment","book","pick","recount","picked","book>hand-over","picked>hand-over","await-pickup","put-back","done","refused","cancelled","end"]', '{"":{"en":"Sale","lv":"Pārdošana"},"step/enter":{"en":"Enter","lv":"Enter"},"step/approve":{"en":"Approve","lv":"Approve"},"step/release":{"en":"Release","lv":"Release"},"step/await-payment":{"en":"Await payment","lv":"Await payment"},"step/book":{"en":"Book","lv":"Book"},"step/pick":{"en":"Pick","lv":"Pick"},"step/recount":{"en":"Recount","lv":"Recount"},"step/picked":{"en":"Picked","lv":"Picked"},"step/hand-over":{"en":"Hand over","lv":"Hand over"},"step/await-pickup":{"en":"Await pickup","lv":"Await pickup"},"step/put-back":{"en":"Put back","lv":"Put back"},"step/done":{"en":"Done","lv":"Done"},"step/refused":{"en":"Refused","lv":"Refused"},"step/cancelled":{"en":"Cancelled","lv":"Cancelled"},"department/sales":{"en":"Sales","lv":"Pārdošana"},"department/warehouse":{"en":"Warehouse","lv":"Noliktava"}}'),
	('68963f5f38060c2ac6ee87c22d1f60be3824195d98db8a4435fad6f497343bd1', 'counter', 1, 'process: counter
version: 1
title: {en: Sale, lv: Pārdošana}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    total: optional money
    customer: personal text
    phone: optional personal text
    reference: optional text
    paid: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
messages:
  payment: {match: order.reference, sets: [order.paid, order.phone]}
  pickup: {match: order.number}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    sla: 2h
    asks: [order.total]
    choose:
      - {when: order.total > 500 EUR, next: approve}
      - {else: release}
  approve:
    role: clerk
    sla: 2h
    outcomes: {ok: release, no: refused}
  release: {next: [await-payment, pick]}
  await-payment:
    wait: {payment: book}
    timeout: {after: 3 days, next: book}
  book: {role: clerk, asks: [order.phone], next: hand-over}
  pick:
    role: picker
    sla: 4h
    outcomes:
      ok: picked
      short: {next: recount, at_most: 2, then: picked}
  recount: {role: picker, asks: [order.phone], next: pick}
  picked: {next: hand-over}
  hand-over: {join: all, role: picker, next: await-pickup}
  await-pickup:
    wait: {pickup: done}
    timeout: {after: 5 days, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
', '["enter","approve","release","await-payment","book","pick","recount","picked","book>hand-over","picked>hand-over","await-pickup","put-back","done","refused","cancelled","end"]', '{"":{"en":"Sale","lv":"Pārdošana"},"step/enter":{"en":"Enter","lv":"Enter"},"step/approve":{"en":"Approve","lv":"Approve"},"step/release":{"en":"Release","lv":"Release"},"step/await-payment":{"en":"Await payment","lv":"Await payment"},"step/book":{"en":"Book","lv":"Book"},"step/pick":{"en":"Pick","lv":"Pick"},"step/recount":{"en":"Recount","lv":"Recount"},"step/picked":{"en":"Picked","lv":"Picked"},"step/hand-over":{"en":"Hand over","lv":"Hand over"},"step/await-pickup":{"en":"Await pickup","lv":"Await pickup"},"step/put-back":{"en":"Put back","lv":"Put back"},"step/done":{"en":"Done","lv":"Done"},"step/refused":{"en":"Refused","lv":"Refused"},"step/cancelled":{"en":"Cancelled","lv":"Cancelled"},"department/sales":{"en":"Sales","lv":"Pārdošana"},"department/warehouse":{"en":"Warehouse","lv":"Noliktava"}}'),
	('3f711de7755c2302bab62d873635ed2a228ef314f4ba3cc016a63d71bd3b945c', 'counter', 2, 'process: counter
version: 2
title: {en: Sale, lv: Pārdošana}
for: order
number: order.number
currency: EUR
priority: order.priority
data:
  order:
    number: text
    priority: integer
    total: optional money
    customer: personal text
    phone: optional personal text
    reference: optional text
    paid: optional yes/no
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  clerk: {department: sales, people: 2}
  picker: {department: warehouse, people: 2}
messages:
  payment: {match: order.reference, sets: [order.paid, order.phone]}
  pickup: {match: order.number}
on_cancel: {until: hand-over, next: put-back}
steps:
  enter:
    role: clerk
    sla: 1h
    asks: [order.total]
    choose:
      - {when: order.total > 500 EUR, next: approve}
      - {else: release}
  approve:
    role: clerk
    sla: 2h
    outcomes: {ok: release, no: refused}
  release: {next: [await-payment, pick]}
  await-payment:
    wait: {payment: book}
    timeout: {after: 3 days, next: book}
  book: {role: clerk, asks: [order.phone], next: hand-over}
  pick:
    role: picker
    sla: 4h
    outcomes:
      ok: picked
      short: {next: recount, at_most: 2, then: picked}
  recount: {role: picker, asks: [order.phone], next: pick}
  picked: {next: hand-over}
  hand-over: {join: all, role: picker, next: await-pickup}
  await-pickup:
    wait: {pickup: done}
    timeout: {after: 5 days, next: done}
  put-back: {role: picker, next: cancelled}
  done: {end: success}
  refused: {end: declined}
  cancelled: {end: failure}
', '["enter","approve","release","await-payment","book","pick","recount","picked","book>hand-over","picked>hand-over","await-pickup","put-back","done","refused","cancelled","end"]', '{"":{"en":"Sale","lv":"Pārdošana"},"step/enter":{"en":"Enter","lv":"Enter"},"step/approve":{"en":"Approve","lv":"Approve"},"step/release":{"en":"Release","lv":"Release"},"step/await-payment":{"en":"Await payment","lv":"Await payment"},"step/book":{"en":"Book","lv":"Book"},"step/pick":{"en":"Pick","lv":"Pick"},"step/recount":{"en":"Recount","lv":"Recount"},"step/picked":{"en":"Picked","lv":"Picked"},"step/hand-over":{"en":"Hand over","lv":"Hand over"},"step/await-pickup":{"en":"Await pickup","lv":"Await pickup"},"step/put-back":{"en":"Put back","lv":"Put back"},"step/done":{"en":"Done","lv":"Done"},"step/refused":{"en":"Refused","lv":"Refused"},"step/cancelled":{"en":"Cancelled","lv":"Cancelled"},"department/sales":{"en":"Sales","lv":"Pārdošana"},"department/warehouse":{"en":"Warehouse","lv":"Noliktava"}}');


--
-- Data for Name: reserved; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reserved VALUES
	('\x01a2056b1926716e8d247ae72d29cd98', 'order.lines#1', 'A1', 2000000),
	('\x01a2056b1936775e89906f254257fad1', 'order.lines#1', 'A1', 2000000),
	('\x01a2056b194274938a56fad48f18af72', 'order.lines#1', 'A1', 2000000);


--
-- Data for Name: role_of; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.role_of VALUES
	('anna', 'clerk'),
	('berta', 'clerk'),
	('peter', 'picker'),
	('paul', 'picker'),
	('olga', 'clerk'),
	('olga', 'picker');


--
-- Data for Name: step_fact; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.step_fact VALUES
	(1, '\x01a2056b1894772f9a8e63185508a638', 3, 'enter', 1, 'task', NULL, 1780304400000000, 1780304700000000, 1780304700000000, 1780304700000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, NULL, '', NULL, '770'),
	(2, '\x01a2056b1894772f9a8e63185508a638', 4, 'release', 1, 'pass', 3, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'sales', NULL, NULL, NULL, '', NULL, '770'),
	(3, '\x01a2056b1894772f9a8e63185508a638', 7, 'await-payment', 1, 'wait', 4, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'sales', NULL, 'payment', NULL, '', NULL, '771'),
	(4, '\x01a2056b1894772f9a8e63185508a638', 9, 'book', 1, 'task', 7, 1780304700000000, 1780304700000000, 1780304700000000, 1780304700000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, NULL, '', NULL, '772'),
	(5, '\x01a2056b1894772f9a8e63185508a638', 10, 'pick', 1, 'task', 4, 1780304700000000, 1780304700000000, 1780304700000000, 1780304700000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', 'ok', 1780319100000000, '', NULL, '773'),
	(6, '\x01a2056b1894772f9a8e63185508a638', 11, 'picked', 1, 'pass', 10, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'warehouse', NULL, NULL, NULL, '', NULL, '773'),
	(7, '\x01a2056b1894772f9a8e63185508a638', 14, 'hand-over', 1, 'task', 11, 1780304700000000, 1780304700000000, 1780304700000000, 1780304700000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '', NULL, '774'),
	(8, '\x01a2056b1894772f9a8e63185508a638', 16, 'await-pickup', 1, 'wait', 14, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'warehouse', NULL, 'pickup', NULL, '', NULL, '775'),
	(9, '\x01a2056b1894772f9a8e63185508a638', 17, 'done', 1, 'pass', 16, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'warehouse', NULL, 'success', NULL, '', NULL, '775'),
	(10, '\x01a2056b18bb771aaa8c1a980ee1d958', 3, 'enter', 1, 'task', NULL, 1780304400000000, 1780304700000000, 1780304700000000, 1780304700000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, NULL, '', NULL, '780'),
	(11, '\x01a2056b18bb771aaa8c1a980ee1d958', 4, 'release', 1, 'pass', 3, 1780304700000000, NULL, 1780304700000000, 1780304700000000, 0, 0, NULL, NULL, 'sales', NULL, NULL, NULL, '', NULL, '780'),
	(12, '\x01a2056b18bb771aaa8c1a980ee1d958', 7, 'pick', 1, 'task', 4, 1780304700000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', 'short', 1780319100000000, '', NULL, '781'),
	(13, '\x01a2056b18c471d0bac0d1fba5487d0c', 3, 'enter', 1, 'task', NULL, 1780304400000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', NULL, 'withdrawn', NULL, '', NULL, '782'),
	(14, '\x01a2056b18ca720793f85c651b45ba51', 3, 'enter', 1, 'task', NULL, 1780304400000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, NULL, '', NULL, '783'),
	(15, '\x01a2056b1926716e8d247ae72d29cd98', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '786'),
	(16, '\x01a2056b1936775e89906f254257fad1', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '788'),
	(17, '\x01a2056b194274938a56fad48f18af72', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '790'),
	(18, '\x4b903cf9751d2a23c166d7a2ff99d7c1', 3, 'look', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'finance', 'anna', NULL, NULL, '', NULL, '795'),
	(19, '\x4b903cf9751d2a23c166d7a2ff99d7c1', 4, 'good', 1, 'pass', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'finance', NULL, 'success', NULL, '', NULL, '795'),
	(20, '\x95764a79baa6d712460d063b31fa0f18', 3, 'look', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'finance', 'anna', NULL, NULL, '', NULL, '796'),
	(21, '\x95764a79baa6d712460d063b31fa0f18', 4, 'good', 1, 'pass', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'finance', NULL, 'success', NULL, '', NULL, '796'),
	(22, '\x9630c66444e4cc43b261209f5d4c686a', 3, 'look', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'finance', 'anna', NULL, NULL, '', NULL, '797'),
	(23, '\x9630c66444e4cc43b261209f5d4c686a', 4, 'good', 1, 'pass', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'finance', NULL, 'success', NULL, '', NULL, '797'),
	(24, '\x01a2056b1926716e8d247ae72d29cd98', 6, 'credit', 1, 'wait', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'success', NULL, '', NULL, '799'),
	(25, '\x01a2056b1926716e8d247ae72d29cd98', 9, 'reserve', 1, 'pass', 6, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'all', NULL, '', NULL, '799'),
	(26, '\x01a2056b1936775e89906f254257fad1', 6, 'credit', 1, 'wait', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'success', NULL, '', NULL, '800'),
	(27, '\x01a2056b1936775e89906f254257fad1', 9, 'reserve', 1, 'pass', 6, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'all', NULL, '', NULL, '800'),
	(28, '\x01a2056b194274938a56fad48f18af72', 6, 'credit', 1, 'wait', 3, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'success', NULL, '', NULL, '801'),
	(29, '\x01a2056b194274938a56fad48f18af72', 9, 'reserve', 1, 'pass', 6, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, 'all', NULL, '', NULL, '801'),
	(30, '\x01a2056b1936775e89906f254257fad1', 11, 'release', 1, 'wait', 9, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, NULL, NULL, '', NULL, '802'),
	(31, '\x01a2056b1926716e8d247ae72d29cd98', 11, 'release', 1, 'wait', 9, 1780306500000000, NULL, 1780306500000000, 1780306500000000, 0, 0, NULL, NULL, 'sales', NULL, NULL, NULL, '', NULL, '802'),
	(32, '\x01a2056b1926716e8d247ae72d29cd98', 14, 'pick', 1, 'task', 11, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '', NULL, '805'),
	(33, '\x01a2056b1936775e89906f254257fad1', 14, 'pick', 1, 'task', 11, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '', NULL, '806'),
	(34, '\x01a2056b1936775e89906f254257fad1', 17, 'pack', 1, 'task', 14, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '1', NULL, '807'),
	(35, '\x01a2056b1936775e89906f254257fad1', 18, 'pack', 1, 'task', 14, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '2', NULL, '808'),
	(36, '\x01a2056b1926716e8d247ae72d29cd98', 17, 'pack', 1, 'task', 14, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'picker', 'warehouse', 'peter', NULL, NULL, '2', NULL, '810'),
	(37, '\x01a2056b1a1077ef8c3073302ee0e493', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '812'),
	(38, '\x01a2056b1a1b7740b388c05656102631', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '814'),
	(39, '\x01a2056b1a4f725f9b2ee155279b3ec9', 3, 'enter', 1, 'task', NULL, 1780306500000000, 1780306500000000, 1780306500000000, 1780306500000000, 0, 0, NULL, 'clerk', 'sales', 'anna', NULL, 1780320900000000, '', NULL, '821'),
	(40, '\x01a2056b1a9a75cebc2e0b59270bca51', 3, 'enter', 1, 'task', NULL, 1780306500000000, NULL, 1780306920000000, 1780306920000000, 0, 0, NULL, 'clerk', 'sales', NULL, 'withdrawn', 1780313700000000, '', NULL, '838');


--
-- Data for Name: task_row; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.task_row VALUES
	('\x01a2056b18aa73bca1b08a791b8a47ad', 'enter', '', 1, 'sale', 'open', 'clerk', 'sales', 'claimed', 0, 'anna', 1780304400000000, NULL, 0, NULL, NULL),
	('\x01a2056b18b6749a90e5c4f5c19458ea', 'enter', '', 1, 'sale', 'held', 'clerk', 'sales', 'started', 0, 'berta', 1780304400000000, NULL, 0, NULL, NULL),
	('\x01a2056b18bb771aaa8c1a980ee1d958', 'recount', '', 1, 'sale', 'waiting', 'picker', 'warehouse', 'offered', 0, NULL, 1780306500000000, NULL, 0, NULL, NULL),
	('\x01a2056b18c471d0bac0d1fba5487d0c', 'put-back', '', 1, 'sale', 'cancelled', 'picker', 'warehouse', 'offered', 0, NULL, 1780306500000000, NULL, 0, NULL, NULL),
	('\x01a2056b18ca720793f85c651b45ba51', 'approve', '', 1, 'sale', 'dear', 'clerk', 'sales', 'offered', 0, NULL, 1780306500000000, 1780313700000000, 0, NULL, NULL),
	('\x01a2056b1926716e8d247ae72d29cd98', 'pack', '1', 1, 'shop', 'packing', 'picker', 'warehouse', 'offered', 0, NULL, 1780306500000000, NULL, 0, NULL, NULL),
	('\xdcf95f13cf29ddf6764d6474e0ca6653', 'look', '', 1, 'credit-check', 'called-credit', 'clerk', 'finance', 'offered', 0, NULL, 1780306500000000, NULL, 0, NULL, NULL),
	('\xaaa28ee0fa74eef8f5460b24deed8336', 'look', '', 1, 'credit-check', 'ending-credit', 'clerk', 'finance', 'offered', 0, NULL, 1780306500000000, NULL, 0, NULL, NULL),
	('\x01a2056b1a5b76528d369e7804aba5c8', 'enter', '', 1, 'shop', 'entering', 'clerk', 'sales', 'offered', 0, NULL, 1780306500000000, 1780320900000000, 3, NULL, NULL),
	('\x01a2056b1a9a75cebc2e0b59270bca51', 'book', '', 1, 'counter', 'moved', 'clerk', 'sales', 'offered', 0, NULL, 1780306920000000, NULL, 1, NULL, NULL),
	('\x01a2056b1a7677d8957ea423a918d6f8', 'enter', '', 1, 'counter', 'paused', 'clerk', 'sales', 'paused', 0, 'anna', 1780306500000000, 1780310100000000, 1, NULL, NULL),
	('\x01a2056b1a827179b391ec7d77805c3f', 'enter', '', 1, 'counter', 'given', 'clerk', 'sales', 'claimed', 0, 'berta', 1780306500000000, 1780310100000000, 1, NULL, NULL),
	('\x01a2056b1a847419996c048ec0d50d1e', 'enter', '', 1, 'counter', 'stuck', 'clerk', 'sales', 'offered', 1, NULL, 1780306500000000, 1780310100000000, 1, NULL, NULL),
	('\x01a2056b1a8f71839c6676ea27e1d4e1', 'enter', '', 1, 'counter', 'again', 'clerk', 'sales', 'offered', 0, NULL, 1780306500000000, 1780310100000000, 1, NULL, NULL),
	('\x01a2056b1a9e730681a0a2aa835b1298', 'enter', '', 1, 'counter', 'right', 'clerk', 'sales', 'offered', 0, NULL, 1780306500000000, 1780310100000000, 1, NULL, NULL),
	('\x01a2056b1aa37135b01fe1e56527deac', 'enter', '', 1, 'counter', 'unknown', 'clerk', 'sales', 'offered', 0, NULL, 1780306500000000, 1780310100000000, 1, NULL, NULL);


--
-- Data for Name: timer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.timer VALUES
	('\x01a2056b18bb771aaa8c1a980ee1d958', 'await-payment', '', 'timeout', 1, 1780563900000000, 0),
	('\x01a2056b1a5b76528d369e7804aba5c8', 'enter', '', 'escalation', 1, 1780313700000000, 0);


--
-- Data for Name: worker; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: case_fact_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.case_fact_id_seq', 4, true);


--
-- Name: feed_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.feed_id_seq', 78, true);


--
-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_id_seq', 11, true);


--
-- Name: step_fact_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.step_fact_id_seq', 40, true);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (name);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: away away_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.away
    ADD CONSTRAINT away_pkey PRIMARY KEY (name, since);


--
-- Name: case_fact case_fact_case_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_fact
    ADD CONSTRAINT case_fact_case_id_key UNIQUE (case_id);


--
-- Name: case_fact case_fact_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_fact
    ADD CONSTRAINT case_fact_pkey PRIMARY KEY (id);


--
-- Name: case_key case_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_key
    ADD CONSTRAINT case_key_pkey PRIMARY KEY (message, value, case_id);


--
-- Name: case_number case_number_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_number
    ADD CONSTRAINT case_number_pkey PRIMARY KEY (number);


--
-- Name: case_private case_private_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_private
    ADD CONSTRAINT case_private_pkey PRIMARY KEY (case_id, field);


--
-- Name: case_row case_row_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_row
    ADD CONSTRAINT case_row_pkey PRIMARY KEY (case_id);


--
-- Name: child child_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.child
    ADD CONSTRAINT child_pkey PRIMARY KEY (case_id, step, element);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (case_id, seq);


--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (id);


--
-- Name: gate_count gate_count_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.gate_count
    ADD CONSTRAINT gate_count_pkey PRIMARY KEY (process, step);


--
-- Name: gate_wait gate_wait_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.gate_wait
    ADD CONSTRAINT gate_wait_pkey PRIMARY KEY (case_id, step);


--
-- Name: idempotency idempotency_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (case_id, key);


--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (key);


--
-- Name: incident incident_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_pkey PRIMARY KEY (case_id, step);


--
-- Name: message_wait message_wait_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.message_wait
    ADD CONSTRAINT message_wait_pkey PRIMARY KEY (case_id, step, message);


--
-- Name: outbox outbox_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_key_key UNIQUE (key);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: process_version process_version_name_version_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_name_version_key UNIQUE (name, version);


--
-- Name: process_version process_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_pkey PRIMARY KEY (digest);


--
-- Name: reserved reserved_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reserved
    ADD CONSTRAINT reserved_pkey PRIMARY KEY (case_id, line);


--
-- Name: role_of role_of_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role_of
    ADD CONSTRAINT role_of_pkey PRIMARY KEY (name, role);


--
-- Name: step_fact step_fact_case_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.step_fact
    ADD CONSTRAINT step_fact_case_id_seq_key UNIQUE (case_id, seq);


--
-- Name: step_fact step_fact_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.step_fact
    ADD CONSTRAINT step_fact_pkey PRIMARY KEY (id);


--
-- Name: task_row task_row_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task_row
    ADD CONSTRAINT task_row_pkey PRIMARY KEY (case_id, step, element);


--
-- Name: timer timer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (case_id, step, element, kind);


--
-- Name: worker worker_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.worker
    ADD CONSTRAINT worker_pkey PRIMARY KEY (name);


--
-- Name: case_fact_closed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_fact_closed ON public.case_fact USING btree (process, closed);


--
-- Name: case_key_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_key_case ON public.case_key USING btree (case_id);


--
-- Name: case_row_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_row_open ON public.case_row USING btree (opened) WHERE (closed IS NULL);


--
-- Name: event_hold; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_hold ON public.event USING btree (case_id, seq) WHERE (kind = ANY (ARRAY['CaseHeld'::text, 'CaseResumed'::text, 'CaseCancelled'::text]));


--
-- Name: feed_tx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX feed_tx ON public.feed USING btree (tx, id);


--
-- Name: gate_wait_turn; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX gate_wait_turn ON public.gate_wait USING btree (process, step, rank, enabled, number) WHERE (held = 0);


--
-- Name: inbox_match; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_match ON public.inbox USING btree (message, value);


--
-- Name: outbox_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_case ON public.outbox USING btree (case_id);


--
-- Name: outbox_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_due ON public.outbox USING btree (kind, due, id);


--
-- Name: reserved_sku; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reserved_sku ON public.reserved USING btree (sku);


--
-- Name: task_row_batch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_row_batch ON public.task_row USING btree (process, step, batch) WHERE ((batch IS NOT NULL) AND (state = 'offered'::text) AND (held = 0));


--
-- Name: task_row_offered; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_row_offered ON public.task_row USING btree (role, priority DESC, COALESCE(due, '4611686018427387904'::bigint), enabled) WHERE ((state = 'offered'::text) AND (held = 0));


--
-- Name: task_row_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_row_owner ON public.task_row USING btree (owner) WHERE (owner IS NOT NULL);


--
-- Name: task_row_step; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_row_step ON public.task_row USING btree (process, step, enabled, department, state, held, due);


--
-- Name: timer_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX timer_due ON public.timer USING btree (at) WHERE (held = 0);


--
-- Name: gate_count gate_count_wake; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER gate_count_wake AFTER UPDATE ON public.gate_count FOR EACH STATEMENT EXECUTE FUNCTION public.wake_workers();


--
-- Name: gate_wait gate_wait_wake; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER gate_wait_wake AFTER INSERT ON public.gate_wait FOR EACH STATEMENT EXECUTE FUNCTION public.wake_workers();


--
-- Name: outbox outbox_wake; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER outbox_wake AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION public.wake_workers();


--
-- Name: away away_name_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.away
    ADD CONSTRAINT away_name_fkey FOREIGN KEY (name) REFERENCES public.account(name);


--
-- Name: case_row case_row_process_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_row
    ADD CONSTRAINT case_row_process_fkey FOREIGN KEY (process) REFERENCES public.process_version(digest);


--
-- Name: role_of role_of_name_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role_of
    ADD CONSTRAINT role_of_name_fkey FOREIGN KEY (name) REFERENCES public.account(name);


--
-- PostgreSQL database dump complete
--

\unrestrict gZnFiaO7LWgrqFiyltzlHaloUd13KiorbU3n98WJdC5KkgVkvVNRA01ovrCgrzd

