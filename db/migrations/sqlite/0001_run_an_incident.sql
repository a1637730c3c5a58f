CREATE TABLE `followers` (
	`incident` text NOT NULL,
	`person` text NOT NULL,
	`chosen` integer NOT NULL,
	`state` text NOT NULL,
	`form` text NOT NULL,
	`channel` text,
	`ts` text,
	`shown` integer NOT NULL,
	`since` integer NOT NULL,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `followers_of_incident` ON `followers` (`incident`,`person`);--> statement-breakpoint
CREATE INDEX `followers_digest` ON `followers` (`person`,`ts`) WHERE form = 'digest';--> statement-breakpoint
CREATE TABLE `homes` (
	`person` text PRIMARY KEY NOT NULL,
	`opened_at` integer NOT NULL,
	`published_at` integer,
	`shown` text,
	`hash` text
);
--> statement-breakpoint
CREATE INDEX `homes_opened` ON `homes` (`opened_at`);--> statement-breakpoint
CREATE TABLE `incident_tags` (
	`tag` text NOT NULL,
	`number` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_tags_order` ON `incident_tags` (`tag`,`number`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`person` text NOT NULL,
	`what` text NOT NULL,
	`of` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_of_person` ON `subscriptions` (`person`,`what`,`of`);--> statement-breakpoint
CREATE INDEX `subscriptions_to` ON `subscriptions` (`what`,`of`);--> statement-breakpoint
DROP INDEX `incidents_status`;--> statement-breakpoint
CREATE INDEX `incidents_status` ON `incidents` (`status`,`number`);--> statement-breakpoint
CREATE VIRTUAL TABLE `incident_search` USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '2 3 4');
