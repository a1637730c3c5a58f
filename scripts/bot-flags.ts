/**
 * What `node` is started with to run the bot; the systemd unit and the container file say the same. Left to itself V8 lets what is new
 * grow to 128 MB before it looks for what is dead; 16 MB cost no time that can be measured. Only a command line can say so.
 */
export const botFlags = ['--max-semi-space-size=8'];
