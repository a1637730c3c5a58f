CREATE TABLE `captures` (
	`channel` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`gaps` text NOT NULL,
	`known_until` integer NOT NULL,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `images_of_incident` ON `images` (`incident`);--> statement-breakpoint
CREATE INDEX `images_of_message` ON `images` (`channel`,`ts`);--> statement-breakpoint
CREATE TABLE `marks` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`incident` text NOT NULL,
	`name` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `marks_of_message` ON `marks` (`channel`,`ts`,`name`,`person`);--> statement-breakpoint
CREATE INDEX `marks_of_incident` ON `marks` (`incident`);--> statement-breakpoint
CREATE TABLE `messages` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`incident` text NOT NULL,
	`thread` text,
	`author` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`files` text NOT NULL,
	`earlier` text NOT NULL,
	`edited_at` integer,
	`erased_at` integer,
	`erased_by` text,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_place` ON `messages` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `messages_of_incident` ON `messages` (`incident`,`ts`);--> statement-breakpoint
CREATE INDEX `messages_of_author` ON `messages` (`author`);--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`channel`,`thread`) WHERE thread is not null;--> statement-breakpoint
CREATE TABLE `postmortem_texts` (
	`incident` text NOT NULL,
	`section` text NOT NULL,
	`revision` integer NOT NULL,
	`text` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`aside` integer NOT NULL,
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `postmortem_texts_order` ON `postmortem_texts` (`incident`,`section`,`revision`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`how` text NOT NULL,
	`since` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_of_person` ON `sessions` (`person`);--> statement-breakpoint
CREATE INDEX `sessions_age` ON `sessions` (`seen_at`);--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`hash` text PRIMARY KEY NOT NULL,
	`how` text NOT NULL,
	`body` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE VIRTUAL TABLE `message_search` USING fts5(words, channel UNINDEXED, tokenize = 'ascii', detail = none, columnsize = 0);
--> statement-breakpoint
INSERT INTO `message_search` (`message_search`, rank) VALUES ('secure-delete', 1);
