CREATE TABLE "followers" (
	"incident" text NOT NULL,
	"person" text NOT NULL,
	"chosen" boolean NOT NULL,
	"state" text NOT NULL,
	"form" text NOT NULL,
	"channel" text,
	"ts" text,
	"shown" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "homes" (
	"person" text PRIMARY KEY NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"shown" text,
	"hash" text
);
--> statement-breakpoint
CREATE TABLE "incident_tags" (
	"tag" text NOT NULL,
	"number" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"person" text NOT NULL,
	"what" text NOT NULL,
	"of" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "incidents_status";--> statement-breakpoint
ALTER TABLE "followers" ADD CONSTRAINT "followers_incident_incidents_id_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "followers_of_incident" ON "followers" USING btree ("incident","person");--> statement-breakpoint
CREATE INDEX "followers_digest" ON "followers" USING btree ("person","ts") WHERE form = 'digest';--> statement-breakpoint
CREATE INDEX "homes_opened" ON "homes" USING btree ("opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_tags_order" ON "incident_tags" USING btree ("tag","number");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_of_person" ON "subscriptions" USING btree ("person","what","of");--> statement-breakpoint
CREATE INDEX "subscriptions_to" ON "subscriptions" USING btree ("what","of");--> statement-breakpoint
CREATE INDEX "incidents_status" ON "incidents" USING btree ("status","number");--> statement-breakpoint
CREATE TABLE "incident_search" (
	"number" integer PRIMARY KEY NOT NULL,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "incident_search_words" ON "incident_search" USING gin ("words");
