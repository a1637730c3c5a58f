CREATE TABLE "counters" (
	"name" text PRIMARY KEY NOT NULL,
	"value" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forms" (
	"view" text PRIMARY KEY NOT NULL,
	"outcome" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"channel" text,
	"is_private" boolean NOT NULL,
	"is_practice" boolean NOT NULL,
	"version" integer NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"incident" text,
	"lane" integer NOT NULL,
	"order_key" text,
	"gate" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"fence" integer NOT NULL,
	"attempts" integer NOT NULL,
	"run_at" timestamp (3) with time zone NOT NULL,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"first_sent_at" timestamp (3) with time zone,
	"last_sent_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"result" jsonb,
	"error" text,
	"claimed_from" text
);
--> statement-breakpoint
CREATE TABLE "own_posts" (
	"key" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"version" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record" (
	"incident" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"body" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "record" ADD CONSTRAINT "record_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_unfinished" ON "inbox" USING btree ("received_at") WHERE state = 'received';--> statement-breakpoint
CREATE INDEX "inbox_age" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_number" ON "incidents" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_channel" ON "incidents" USING btree ("channel") WHERE channel is not null;--> statement-breakpoint
CREATE INDEX "incidents_status" ON "incidents" USING btree ("status","declared_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_waiting_key" ON "outbox" USING btree ("key") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("lane","run_at","id") WHERE state in ('waiting', 'running', 'unknown');--> statement-breakpoint
CREATE INDEX "outbox_order" ON "outbox" USING btree ("order_key","id") WHERE state in ('waiting', 'running', 'unknown');--> statement-breakpoint
CREATE INDEX "outbox_by_key" ON "outbox" USING btree ("key");--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("incident") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_settled" ON "outbox" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "own_posts_age" ON "own_posts" USING btree ("seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "record_order" ON "record" USING btree ("incident","seq");