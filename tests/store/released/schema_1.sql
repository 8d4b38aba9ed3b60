-- Written by release 0.1.0. The dump leaves out the version, so it is set here.
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE events (
	session VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	PRIMARY KEY (session, number), 
	FOREIGN KEY(session) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "events" VALUES('a1b2c3d4e5f6',1,'{"type":"call_started","session":"a1b2c3d4e5f6","at":"2025-03-04T12:00:00Z","persona":"yilmaz","scenario":"router","language":"de","seed":7,"trainee":"Mia Öztürk","models":{"customer":"drehbuch 0f"},"content":"c0ffee","start":{"anger":8.0,"trust":2.0,"feeling_heard":1.0}}');
INSERT INTO "events" VALUES('a1b2c3d4e5f6',2,'{"type":"agent_turn","turn":1,"at":"2025-03-04T12:00:20Z","text":"Das tut mir leid, Frau Yılmaz – drei Wochen ohne Netz! „Ärgerlich“ trifft''s nicht. [bold]''; DROP TABLE events;--","scores":{"empathy":{"value":71.25,"confidence":0.62,"evidence":[{"start":0,"end":18,"cue":"specific_apology","polarity":"positive"}],"reason":"Entschuldigt sich genau dafür.","abstained":null},"listening":{"value":71.25,"confidence":0.62,"evidence":[{"start":0,"end":18,"cue":"specific_apology","polarity":"positive"}],"reason":"Entschuldigt sich genau dafür.","abstained":null},"de_escalation":{"value":71.25,"confidence":0.62,"evidence":[{"start":0,"end":18,"cue":"specific_apology","polarity":"positive"}],"reason":"Entschuldigt sich genau dafür.","abstained":null},"alternative":{"text":"Ich rufe Sie um 15 Uhr an.","context":"Und wann?","dialogue":"de-017"}}}');
INSERT INTO "events" VALUES('a1b2c3d4e5f6',3,'{"type":"customer_turn","turn":1,"at":"2025-03-04T12:00:31Z","text":"Na endlich sagt das mal jemand 😤","act":"soften","source":"model","state":{"anger":6.4,"trust":2.9,"feeling_heard":3.1},"ledger":[{"feeling":"anger","rule":"specific_apology","amount":-1.6,"detail":"drei Wochen"}],"facts":["weeks"],"need":true,"interrupted":false}');
INSERT INTO "events" VALUES('a1b2c3d4e5f6',4,'{"type":"agent_turn","turn":2,"at":"2025-03-04T12:00:50Z","text":"Ok.","scores":{"empathy":{"value":null,"confidence":0.0,"evidence":[],"reason":"","abstained":"too_short"},"listening":{"value":null,"confidence":0.0,"evidence":[],"reason":"","abstained":"too_short"},"de_escalation":{"value":null,"confidence":0.0,"evidence":[],"reason":"","abstained":"too_short"},"alternative":null}}');
INSERT INTO "events" VALUES('a1b2c3d4e5f6',5,'{"type":"customer_turn","turn":2,"at":"2025-03-04T12:00:58Z","text":"Ist das al","act":"soften","source":"authored","state":{"anger":7.0,"trust":2.5,"feeling_heard":2.0},"ledger":[],"facts":[],"need":false,"interrupted":true}');
INSERT INTO "events" VALUES('a1b2c3d4e5f6',6,'{"type":"call_ended","at":"2025-03-04T12:00:00Z","reason":"hung_up"}');
INSERT INTO "events" VALUES('0f0f0f0f0f0f',1,'{"type":"call_started","session":"0f0f0f0f0f0f","at":"2025-03-04T12:45:00Z","persona":"yilmaz","scenario":"router","language":"de","seed":7,"trainee":"Mia","models":{"customer":"drehbuch 0f"},"content":"c0ffee","start":{"anger":8.0,"trust":2.0,"feeling_heard":1.0}}');
INSERT INTO "events" VALUES('0f0f0f0f0f0f',2,'{"type":"agent_turn","turn":1,"at":"2025-03-04T12:00:00Z","text":"Das tut mir leid.","scores":{"empathy":{"value":60.0,"confidence":0.8,"evidence":[],"reason":"","abstained":null},"listening":{"value":60.0,"confidence":0.8,"evidence":[],"reason":"","abstained":null},"de_escalation":{"value":60.0,"confidence":0.8,"evidence":[],"reason":"","abstained":null},"alternative":null}}');
INSERT INTO "events" VALUES('0f0f0f0f0f0f',3,'{"type":"customer_turn","turn":1,"at":"2025-03-04T12:00:00Z","text":"Na endlich.","act":"soften","source":"authored","state":{"anger":5.5,"trust":3.0,"feeling_heard":4.0},"ledger":[],"facts":[],"need":false,"interrupted":false}');
INSERT INTO "events" VALUES('77aa77aa77aa',1,'{"type":"call_started","session":"77aa77aa77aa","at":"2025-03-04T11:50:00Z","persona":"yilmaz","scenario":"router","language":"de","seed":7,"trainee":"","models":{"customer":"drehbuch 0f"},"content":"c0ffee","start":{"anger":8.0,"trust":2.0,"feeling_heard":1.0}}');
CREATE TABLE sessions (
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	persona VARCHAR NOT NULL, 
	scenario VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	trainee VARCHAR NOT NULL, 
	turns INTEGER NOT NULL, 
	ended VARCHAR, 
	score FLOAT, 
	anger_start FLOAT NOT NULL, 
	anger_end FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "sessions" VALUES('a1b2c3d4e5f6','2025-03-04T12:00:00.000000+00:00','yilmaz','router','de','Mia Öztürk',2,'hung_up',71.25,8.0,7.0);
INSERT INTO "sessions" VALUES('0f0f0f0f0f0f','2025-03-04T12:45:00.000000+00:00','yilmaz','router','de','Mia',1,NULL,60.0,8.0,5.5);
INSERT INTO "sessions" VALUES('77aa77aa77aa','2025-03-04T11:50:00.000000+00:00','yilmaz','router','de','',0,NULL,NULL,8.0,8.0);
CREATE INDEX ix_sessions_at ON sessions (at);
COMMIT;
