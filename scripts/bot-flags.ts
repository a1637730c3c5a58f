/**
 * What `node` is started with to run the bot; the systemd unit and the container file say the same. Left to itself V8 lets what is new
 * grow to 128 MB before it looks for what is dead, and what is old by as much as the machine has, and keeps four threads for it, each with
 * memory of its own; so much less costs no time that can be measured. Only a command line can say so. And the fetch below PagerDuty's
 * client still parses addresses, ours, by `url.parse`.
 */
export const botFlags = [
  '--max-semi-space-size=4',
  '--max-old-space-size=1024',
  '--v8-pool-size=1',
  '--disable-warning=DEP0169',
];
