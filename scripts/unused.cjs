/** What Bolt brings for receivers of its own, which are not used here (`src/slack/receiver-*.ts` are). */
module.exports = {};
