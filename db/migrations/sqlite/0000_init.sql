CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `forms` (
	`view` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`owner` text,
	`lease_until` integer,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `inbox_unfinished` ON `inbox` (`received_at`) WHERE state = 'received';--> statement-breakpoint
CREATE INDEX `inbox_age` ON `inbox` (`received_at`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`channel` text,
	`is_private` integer NOT NULL,
	`is_practice` integer NOT NULL,
	`version` integer NOT NULL,
	`declared_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_number` ON `incidents` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_channel` ON `incidents` (`channel`) WHERE channel is not null;--> statement-breakpoint
CREATE INDEX `incidents_status` ON `incidents` (`status`,`declared_at`);--> statement-breakpoint
CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`incident` text,
	`lane` integer NOT NULL,
	`order_key` text,
	`gate` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`fence` integer NOT NULL,
	`attempts` integer NOT NULL,
	`run_at` integer NOT NULL,
	`owner` text,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	`first_sent_at` integer,
	`last_sent_at` integer,
	`settled_at` integer,
	`result` text,
	`error` text,
	`claimed_from` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_waiting_key` ON `outbox` (`key`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`lane`,`run_at`,`id`) WHERE state in ('waiting', 'running', 'unknown');--> statement-breakpoint
CREATE INDEX `outbox_order` ON `outbox` (`order_key`,`id`) WHERE state in ('waiting', 'running', 'unknown');--> statement-breakpoint
CREATE INDEX `outbox_by_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`incident`) WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX `outbox_settled` ON `outbox` (`settled_at`);--> statement-breakpoint
CREATE TABLE `own_posts` (
	`key` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `own_posts_age` ON `own_posts` (`seen_at`);--> statement-breakpoint
CREATE TABLE `policies` (
	`version` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`first_seen` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `record` (
	`incident` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `record_order` ON `record` (`incident`,`seq`);