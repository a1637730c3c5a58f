/** What packages bring and is not used here: receivers of Bolt's own (`src/slack/receiver-*.ts` are), a URL for where Node has none. */
module.exports = {};
