/** What the pods of apps used, so that the history continues after a restart of the portal. */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage_history', table => {
    table.comment('CPU, memory and rows of apps in time slots');
    table
      .string('place', 255)
      .primary()
      .comment('Namespace of the environment and name of the app');
    table
      .timestamp('saved_at')
      .notNullable()
      .comment('Rows that were not saved for a day are deleted');
    table.text('slots').notNullable().comment('Slots by resolution, as JSON');
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_history');
};
