CREATE TABLE "captures" (
	"channel" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"gaps" jsonb NOT NULL,
	"known_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"incident" text NOT NULL,
	"name" text NOT NULL,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"incident" text NOT NULL,
	"thread" text,
	"author" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"files" jsonb NOT NULL,
	"earlier" jsonb NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	"erased_by" text
);
--> statement-breakpoint
CREATE TABLE "postmortem_texts" (
	"incident" text NOT NULL,
	"section" text NOT NULL,
	"revision" integer NOT NULL,
	"text" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"aside" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"how" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"hash" text PRIMARY KEY NOT NULL,
	"how" text NOT NULL,
	"body" jsonb NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_texts" ADD CONSTRAINT "postmortem_texts_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "images_of_incident" ON "images" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "images_of_message" ON "images" USING btree ("channel","ts");--> statement-breakpoint
CREATE UNIQUE INDEX "marks_of_message" ON "marks" USING btree ("channel","ts","name","person");--> statement-breakpoint
CREATE INDEX "marks_of_incident" ON "marks" USING btree ("incident");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_place" ON "messages" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "messages_of_incident" ON "messages" USING btree ("incident","ts");--> statement-breakpoint
CREATE INDEX "messages_of_author" ON "messages" USING btree ("author");--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("channel","thread") WHERE thread is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "postmortem_texts_order" ON "postmortem_texts" USING btree ("incident","section","revision");--> statement-breakpoint
CREATE INDEX "sessions_of_person" ON "sessions" USING btree ("person");--> statement-breakpoint
CREATE INDEX "sessions_age" ON "sessions" USING btree ("seen_at");--> statement-breakpoint
CREATE TABLE "message_search" (
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"incident" text NOT NULL,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "message_search_place" ON "message_search" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "message_search_newest" ON "message_search" USING btree ("ts" DESC);--> statement-breakpoint
CREATE INDEX "message_search_of_incident" ON "message_search" USING btree ("incident","ts" DESC);--> statement-breakpoint
CREATE INDEX "message_search_words" ON "message_search" USING gin ("words");
